package parley.hub;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The subscriptions of one connection that are behind, each once, in the order of their turns. One thread at a time replays the log to
 * them. Bounded by the subscriptions of the connection.
 */
final class Behind {

    // All below are guarded by this.
    private final SequencedSet<Subscription> queue = new LinkedHashSet<>();
    private boolean replaying;
    private boolean again;

    synchronized void add(Subscription subscription) {
        queue.add(subscription);
    }

    /** Takes the next subscription, which {@link #add} brings back if it stays behind; null if there is none. */
    synchronized Subscription next() {
        return queue.isEmpty() ? null : queue.removeFirst();
    }

    synchronized int size() {
        return queue.size();
    }

    /** Begins a replay. Returns false if none is needed, or if one is in progress; that one looks once more before it ends. */
    synchronized boolean begins() {
        again = replaying;
        boolean begins = !replaying && !queue.isEmpty();
        replaying |= begins;
        return begins;
    }

    /** Ends a replay. Returns false if it has to look once more. */
    synchronized boolean ends() {
        replaying = again;
        again = false;
        return !replaying;
    }

    /** Ends a replay that failed or could not start. */
    synchronized void gaveUp() {
        replaying = false;
        again = false;
    }
}
