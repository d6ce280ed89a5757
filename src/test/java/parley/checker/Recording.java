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

/** What happened, as the clients saw it. Every thread may record; judge when all is over. */
public final class Recording {

    /** One entry of a room's log as somebody saw it; {@code what} tells a message from any other. */
    public record Entry(long offset, String what) {}

    private record Place(String client, String room) {}

    /** A stretch of following a room without a break in what was promised, from the offset that it began after. */
    private record View(long after, List<Entry> entries) {

        long position() {
            return entries.isEmpty() ? after : entries.getLast().offset();
        }
    }

    private record Acknowledgement(String client, String room, String what, long offset) {}

    private final ConcurrentLinkedQueue<Acknowledgement> acknowledged = new ConcurrentLinkedQueue<>();
    private final Map<Place, List<View>> views = new ConcurrentHashMap<>();
    private final Map<String, Map<Long, String>> logs = new TreeMap<>();
    private final AtomicLong count = new AtomicLong();
    private final ConcurrentLinkedQueue<Instant> comebacks = new ConcurrentLinkedQueue<>();

    /** The server said that this message of this client's is in the log at this offset. */
    public void acknowledged(String client, String room, String what, long offset) {
        acknowledged.add(new Acknowledgement(client, room, what, offset));
        count.incrementAndGet();
    }

    /** How many acknowledgements there are so far. */
    public long acknowledgements() {
        return count.get();
    }

    /** A client begins to follow a room after this offset: at first, and whenever it was told that it can't resume. */
    public synchronized void begins(String client, String room, long after) {
        views.computeIfAbsent(new Place(client, room), place -> new ArrayList<>()).add(new View(after, new ArrayList<>()));
    }

    /** An event came to a client that follows a room. */
    public synchronized void saw(String client, String room, long offset, String what) {
        views.get(new Place(client, room)).getLast().entries().add(new Entry(offset, what));
    }

    /** The offset up to which a client has seen a room, 0 when it never followed it. */
    public synchronized long position(String client, String room) {
        List<View> parts = views.get(new Place(client, room));
        return parts == null ? 0 : parts.getLast().position();
    }

    /** How often a client could not resume and had to begin anew, all clients and rooms together. */
    public synchronized long beginningsAnew() {
        return views.values().stream().mapToLong(parts -> parts.size() - 1).sum();
    }

    /** A client that a stopping server sent away comes back at this moment. */
    public void cameBack() {
        comebacks.add(Instant.now());
    }

    /** When clients came back that had been sent away, in order. */
    public List<Instant> comebacks() {
        return comebacks.stream().sorted().toList();
    }

    /** What the database holds of a room at the end. */
    public void log(String room, List<Entry> entries) {
        Map<Long, String> log = new TreeMap<>();
        entries.forEach(entry -> log.put(entry.offset(), entry.what()));
        logs.put(room, log);
    }

    /** Everything that should not have happened; empty when all is as promised. */
    public List<String> judge() {
        List<String> wrong = new ArrayList<>();
        judgeLogs(wrong);
        judgeAcknowledgements(wrong);
        views.forEach((place, parts) -> parts.forEach(view -> judgeView(place, view, wrong)));
        views.forEach((place, parts) -> judgeEnd(place, parts.getLast(), wrong));
        return wrong;
    }

    private void judgeLogs(List<String> wrong) {
        logs.forEach((room, log) -> {
            long expected = 1;
            Set<String> posted = new HashSet<>();
            for (Map.Entry<Long, String> entry : log.entrySet()) {
                if (entry.getKey() != expected) {
                    wrong.add("hole in the log of " + room + ": " + expected + " is missing");
                    expected = entry.getKey();
                }
                expected++;
                if (!posted.add(entry.getValue())) {
                    wrong.add("twice in the log of " + room + ": " + entry.getValue());
                }
            }
        });
    }

    private void judgeAcknowledgements(List<String> wrong) {
        Map<String, Long> first = new HashMap<>();
        for (Acknowledgement acknowledgement : acknowledged) {
            String there = logs.getOrDefault(acknowledgement.room(), Map.of()).get(acknowledgement.offset());
            if (!acknowledgement.what().equals(there)) {
                wrong.add("acknowledged to " + acknowledgement.client() + " but missing in " + acknowledgement.room()
                        + " at " + acknowledgement.offset() + ": " + acknowledgement.what() + ", there is " + there);
            }
            Long before = first.putIfAbsent(acknowledgement.room() + "/" + acknowledgement.what(), acknowledgement.offset());
            if (before != null && before != acknowledgement.offset()) {
                wrong.add("acknowledged at two offsets, " + before + " and " + acknowledgement.offset() + ": "
                        + acknowledgement.what());
            }
        }
    }

    private void judgeView(Place place, View view, List<String> wrong) {
        Map<Long, String> log = logs.getOrDefault(place.room(), Map.of());
        long before = view.after();
        for (Entry entry : view.entries()) {
            if (entry.offset() <= before) {
                wrong.add(place.client() + " saw twice or out of order in " + place.room() + ": " + entry.offset()
                        + " after " + before);
            } else if (entry.offset() > before + 1) {
                wrong.add(place.client() + " saw a hole in " + place.room() + ": " + entry.offset() + " after " + before);
            }
            if (!entry.what().equals(log.get(entry.offset()))) {
                wrong.add(place.client() + " saw in " + place.room() + " at " + entry.offset() + " " + entry.what()
                        + ", the log has " + log.get(entry.offset()));
            }
            before = entry.offset();
        }
    }

    private void judgeEnd(Place place, View view, List<String> wrong) {
        long head = logs.getOrDefault(place.room(), Map.of()).size();
        long reached = view.position();
        if (reached != head) {
            wrong.add(place.client() + " ended at " + reached + " of " + head + " in " + place.room());
        }
    }
}
