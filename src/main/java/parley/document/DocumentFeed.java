package parley.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import parley.hub.Connection;
import parley.journal.LoggedUpdate;
import parley.protocol.ErrorCode;
import parley.protocol.Event;
import parley.protocol.Frame;

/**
 * The connections of this instance that have a document open, and the version up to which its updates were delivered to them. Each gets
 * every version once and in order. At most one read of the log is in progress. Safe for every thread; never waits.
 */
final class DocumentFeed {

    /** The outcome of sending an answer. */
    enum Answer { SENT, BEHIND, ENDED }

    /**
     * What the caller must do after a call.
     *
     * @param ended connections that no longer have the document open
     * @param reads whether the caller must read the log after {@link #version}, and hand the result to {@link #read}
     */
    record Outcome(List<OpenDocument> ended, boolean reads) {

        private static final Outcome NOTHING = new Outcome(List.of(), false);
    }

    private final String room;
    private final String document;

    // All below are guarded by this.
    private final List<OpenDocument> open = new ArrayList<>();
    private long version;
    /** The highest version that is known to exist. */
    private long known;
    private boolean reading;

    /** @param version after which updates are delivered */
    DocumentFeed(String room, String document, long version) {
        this.room = room;
        this.document = document;
        this.version = version;
        known = version;
    }

    String room() {
        return room;
    }

    String document() {
        return document;
    }

    /** The version of the last update that was delivered. */
    synchronized long version() {
        return version;
    }

    synchronized boolean isIdle() {
        return open.isEmpty();
    }

    synchronized void add(OpenDocument opening) {
        open.add(opening);
    }

    synchronized void remove(OpenDocument closing) {
        open.remove(closing);
    }

    /**
     * Sends the reply, which has everything up to a version, and starts later updates. Sends nothing if the reply is behind: later updates
     * were delivered already.
     */
    synchronized Answer answer(OpenDocument opening, long upTo, Frame reply) {
        if (!open.contains(opening)) {
            return Answer.ENDED;
        }
        if (upTo < version) {
            return Answer.BEHIND;
        }
        opening.connection().say(reply);
        opening.has(upTo);
        if (open.size() == 1 && !reading) {
            version = upTo;
            known = Math.max(known, upTo);
        }
        return Answer.SENT;
    }

    /** Updates of this document were committed, here or elsewhere: in order without a gap, perhaps late or too early. */
    synchronized Outcome arrived(List<LoggedUpdate> updates) {
        known = Math.max(known, updates.getLast().version());
        return deliver(updates);
    }

    /** What a read of the log found after the version, in order without a gap. */
    synchronized Outcome read(List<LoggedUpdate> updates) {
        reading = false;
        if (updates.isEmpty() && known > version) {
            // The log has lost updates. Clients open the document again.
            return end(every -> true, ErrorCode.GONE, true);
        }
        return deliver(updates);
    }

    /** A read of the log failed. The next comparison tries again. */
    synchronized void readFailed() {
        reading = false;
    }

    /**
     * Compares the feed with the log.
     *
     * @param before {@link #version} before the log was asked
     * @param head the version of the last update in the log
     */
    synchronized Outcome compare(long before, long head) {
        if (head < before) {
            // The database has lost commits, and will give these versions to other updates.
            return end(every -> true, ErrorCode.GONE, true);
        }
        known = Math.max(known, head);
        return deliver(List.of());
    }

    /** Ends the connections that pass the test. */
    synchronized Outcome end(Predicate<OpenDocument> which, ErrorCode code, boolean reopen) {
        List<OpenDocument> ended = open.stream().filter(which).toList();
        ended.forEach(closing -> close(closing, code, reopen));
        return new Outcome(ended, false);
    }

    /** Sends awareness to all other connections. A connection that reads too slowly misses it. */
    synchronized void tell(Frame frame, Connection from) {
        open.stream().filter(listening -> listening.isAnswered() && listening.connection() != from)
                .forEach(listening -> listening.connection().tell(frame));
    }

    private Outcome deliver(List<LoggedUpdate> updates) {
        List<OpenDocument> slow = new ArrayList<>();
        for (LoggedUpdate update : updates) {
            if (update.version() == version + 1) {
                version++;
                open.stream().filter(listening -> !listening.deliver(update)).forEach(slow::add);
                slow.forEach(closing -> close(closing, ErrorCode.UNAVAILABLE, true));
            }
        }
        boolean reads = known > version && !reading && !open.isEmpty();
        reading |= reads;
        return slow.isEmpty() && !reads ? Outcome.NOTHING : new Outcome(slow, reads);
    }

    private void close(OpenDocument closing, ErrorCode code, boolean reopen) {
        if (open.remove(closing)) {
            closing.connection().say(new Event.DocumentClosed(room, document, code, reopen));
        }
    }
}
