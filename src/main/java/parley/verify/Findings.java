package parley.verify;

import java.util.ArrayList;
import java.util.List;

/** What does not fit, in the order in which it was found. Keeps the first ones and counts the rest. For one thread. */
final class Findings {

    /** The most that are kept. */
    static final int MOST = 1_000;

    private final List<String> kept = new ArrayList<>();
    private long count;

    /** About an event. */
    void add(String room, long offset, String what) {
        add("room " + room + ", offset " + offset + ": " + what);
    }

    /** About something else. */
    void add(String what) {
        count++;
        if (kept.size() < MOST) {
            // What a database has must not look like a line of its own.
            kept.add(what.replaceAll("\\p{Cntrl}", "?"));
        }
    }

    List<String> kept() {
        return kept;
    }

    long count() {
        return count;
    }
}
