package parley.journal;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import parley.metrics.Metrics;
import parley.protocol.MessageChange;
import parley.protocol.Retention;
import parley.protocol.RoomEvent;
import parley.settings.Settings;

/**
 * The latest events of rooms with the retention {@code none}, as this instance committed or received them. Holds at most {@link
 * RoomLog#LONGEST_REPLAY} events of each room. Beyond {@link Settings.Journal#memoryBytes()} in total, it drops the events of the least
 * recently used room, and clients can't resume from them. Safe for every thread.
 */
@ApplicationScoped
class InMemoryLog {

    /** The latest events of one room, without a gap. */
    private static final class Tail {
        private final String epoch;
        private final ArrayDeque<LoggedFrame> frames = new ArrayDeque<>();
        private long bytes;

        Tail(String epoch) {
            this.epoch = epoch;
        }

        void add(LoggedFrame logged) {
            if (!frames.isEmpty() && frames.getLast().offset() >= logged.offset()) {
                // It comes a second time, or late: those after it are here already.
                return;
            }
            if (!frames.isEmpty() && frames.getLast().offset() + 1 != logged.offset()) {
                frames.clear();
                bytes = 0;
            }
            frames.add(logged);
            bytes += logged.frame().size();
            if (frames.size() > RoomLog.LONGEST_REPLAY) {
                bytes -= frames.removeFirst().frame().size();
            }
        }

        void redactAfter(RoomEvent event) {
            if (event.change() instanceof MessageChange.Deleted deleted) {
                List<LoggedFrame> redacted = frames.stream()
                        .map(logged -> logged.concerns(deleted.message()) ? logged.redacted() : logged).toList();
                frames.clear();
                frames.addAll(redacted);
                bytes = redacted.stream().mapToLong(logged -> logged.frame().size()).sum();
            }
        }
    }

    private final Map<String, Tail> tails = new LinkedHashMap<>(16, 0.75f, true);
    private long most;
    private long bytes;

    /** For the container's proxy. */
    protected InMemoryLog() {
    }

    @Inject
    InMemoryLog(Settings settings, Metrics metrics) {
        most = settings.journal().memoryBytes();
        metrics.gauge("parley_memory_log_bytes", "Events in memory of rooms that store nothing.", this::bytes);
    }

    private synchronized long bytes() {
        return bytes;
    }

    /** The frames after an offset, in order without a gap; empty if some of them are not in memory. */
    synchronized Optional<List<LoggedFrame>> after(String room, long offset) {
        Tail tail = tails.get(room);
        if (tail == null || tail.frames.isEmpty() || tail.frames.getFirst().offset() > offset + 1) {
            return Optional.empty();
        }
        return Optional.of(tail.frames.stream().filter(logged -> logged.offset() > offset).toList());
    }

    /** The events in memory that posted or changed this message, in order. */
    synchronized List<RoomEvent> about(String room, long message) {
        return events(room, logged -> logged.concerns(message));
    }

    /** The events in memory that decide which messages are pinned, in order. */
    synchronized List<RoomEvent> aboutPins(String room) {
        return events(room, logged -> MessageChange.PIN_TYPES.stream().anyMatch(type -> logged.frame().text().contains('"' + type + '"')));
    }

    private List<RoomEvent> events(String room, Predicate<LoggedFrame> wanted) {
        Tail tail = tails.get(room);
        return tail == null ? List.of() : tail.frames.stream().filter(wanted).map(LoggedFrame::event).toList();
    }

    // Runs before the other observers, because they may look for these events here.
    synchronized void remember(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Committed committed) {
        for (Committed.RoomBatch batch : committed.rooms()) {
            String room = batch.view().id();
            if (batch.view().profile().retention().equals(Retention.NONE)) {
                String epoch = batch.view().epoch();
                forget(room, epoch);
                Tail tail = tails.computeIfAbsent(room, id -> new Tail(epoch));
                bytes -= tail.bytes;
                if (batch.rewrites()) {
                    tail.frames.clear();
                    tail.bytes = 0;
                }
                batch.frames().stream().filter(batch::isCurrent).forEach(tail::add);
                batch.events().forEach(tail::redactAfter);
                bytes += tail.bytes;
            } else {
                forget(room);
            }
        }
        while (bytes > most && !tails.isEmpty()) {
            forget(tails.keySet().iterator().next());
        }
    }

    void epochRenewed(@Observes EpochRenewed renewed) {
        forget(renewed.room(), renewed.epoch());
    }

    // Forgets a room unless its events are of this epoch.
    private synchronized void forget(String room, String epoch) {
        Tail tail = tails.get(room);
        if (tail != null && !tail.epoch.equals(epoch)) {
            forget(room);
        }
    }

    private synchronized void forget(String room) {
        Tail tail = tails.remove(room);
        bytes -= tail == null ? 0 : tail.bytes;
    }
}
