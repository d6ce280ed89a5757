package parley.checker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What the clients saw. Any thread may record; {@link #violations} is for the end, when no client runs. */
public final class History {

    /** A log entry as a client or the database has it; {@code id} identifies the message or event. */
    public record Entry(long offset, String id) {}

    private record Subscriber(String client, String room) {}

    /** Consecutive events without a reload, starting after this offset. */
    private record Segment(long after, List<Entry> entries) {

        long position() {
            return entries.isEmpty() ? after : entries.getLast().offset();
        }
    }

    private record Acknowledgement(String client, String room, String id, long offset) {}

    private final ConcurrentLinkedQueue<Acknowledgement> acknowledged = new ConcurrentLinkedQueue<>();
    private final Map<Subscriber, List<Segment>> segments = new ConcurrentHashMap<>();
    private final Map<String, Map<Long, String>> logs = new TreeMap<>();
    private final AtomicLong count = new AtomicLong();
    private final ConcurrentLinkedQueue<Instant> reconnects = new ConcurrentLinkedQueue<>();

    /** The server acknowledged a client's message with this offset. */
    public void acknowledged(String client, String room, String id, long offset) {
        acknowledged.add(new Acknowledgement(client, room, id, offset));
        count.incrementAndGet();
    }

    /** The number of acknowledgements so far. */
    public long acknowledgements() {
        return count.get();
    }

    /** A client starts to receive a room after this offset: the first time, and each time the server refused to resume. */
    public synchronized void subscribed(String client, String room, long after) {
        segments.computeIfAbsent(new Subscriber(client, room), subscriber -> new ArrayList<>()).add(new Segment(after, new ArrayList<>()));
    }

    /** A client received an event. */
    public synchronized void received(String client, String room, long offset, String id) {
        segments.get(new Subscriber(client, room)).getLast().entries().add(new Entry(offset, id));
    }

    /** The last offset that a client received in a room; 0 if it never subscribed. */
    public synchronized long position(String client, String room) {
        List<Segment> parts = segments.get(new Subscriber(client, room));
        return parts == null ? 0 : parts.getLast().position();
    }

    /** How often clients could not resume and reloaded a room. */
    public synchronized long reloads() {
        return segments.values().stream().mapToLong(parts -> parts.size() - 1).sum();
    }

    /** A client reconnects after a server shut down gracefully. */
    public void reconnected() {
        reconnects.add(Instant.now());
    }

    /** When clients reconnected after a graceful shutdown, in order. */
    public List<Instant> reconnects() {
        return reconnects.stream().sorted().toList();
    }

    /** The log of a room in the database at the end. */
    public void log(String room, List<Entry> entries) {
        Map<Long, String> log = new TreeMap<>();
        entries.forEach(entry -> log.put(entry.offset(), entry.id()));
        logs.put(room, log);
    }

    /** All violations of the delivery guarantees; empty if there are none. */
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        checkLogs(violations);
        checkAcknowledgements(violations);
        segments.forEach((subscriber, parts) -> parts.forEach(segment -> checkSegment(subscriber, segment, violations)));
        segments.forEach((subscriber, parts) -> checkEnd(subscriber, parts.getLast(), violations));
        return violations;
    }

    private void checkLogs(List<String> violations) {
        logs.forEach((room, log) -> {
            long expected = 1;
            Set<String> posted = new HashSet<>();
            for (Map.Entry<Long, String> entry : log.entrySet()) {
                if (entry.getKey() != expected) {
                    violations.add("gap in the log of " + room + ": " + expected + " is missing");
                    expected = entry.getKey();
                }
                expected++;
                if (!posted.add(entry.getValue())) {
                    violations.add("duplicate in the log of " + room + ": " + entry.getValue());
                }
            }
        });
    }

    private void checkAcknowledgements(List<String> violations) {
        Map<String, Long> first = new HashMap<>();
        for (Acknowledgement acknowledgement : acknowledged) {
            String stored = logs.getOrDefault(acknowledgement.room(), Map.of()).get(acknowledgement.offset());
            if (!acknowledgement.id().equals(stored)) {
                violations.add("acknowledged to " + acknowledgement.client() + " but missing in " + acknowledgement.room()
                        + " at " + acknowledgement.offset() + ": " + acknowledgement.id() + "; the log has " + stored);
            }
            Long before = first.putIfAbsent(acknowledgement.room() + "/" + acknowledgement.id(), acknowledgement.offset());
            if (before != null && before != acknowledgement.offset()) {
                violations.add("acknowledged at two offsets, " + before + " and " + acknowledgement.offset() + ": "
                        + acknowledgement.id());
            }
        }
    }

    private void checkSegment(Subscriber subscriber, Segment segment, List<String> violations) {
        Map<Long, String> log = logs.getOrDefault(subscriber.room(), Map.of());
        long before = segment.after();
        for (Entry entry : segment.entries()) {
            if (entry.offset() <= before) {
                violations.add(subscriber.client() + " received a duplicate or out of order in " + subscriber.room() + ": " + entry.offset()
                        + " after " + before);
            } else if (entry.offset() > before + 1) {
                violations.add(subscriber.client() + " received a gap in " + subscriber.room() + ": " + entry.offset() + " after "
                        + before);
            }
            if (!entry.id().equals(log.get(entry.offset()))) {
                violations.add(subscriber.client() + " received in " + subscriber.room() + " at " + entry.offset() + " " + entry.id()
                        + ", the log has " + log.get(entry.offset()));
            }
            before = entry.offset();
        }
    }

    private void checkEnd(Subscriber subscriber, Segment segment, List<String> violations) {
        long head = logs.getOrDefault(subscriber.room(), Map.of()).size();
        long position = segment.position();
        if (position != head) {
            violations.add(subscriber.client() + " stopped at " + position + " of " + head + " in " + subscriber.room());
        }
    }
}
