package parley.hub;

import java.util.ArrayList;
import java.util.List;
import parley.journal.LoggedFrame;
import parley.journal.RoomLog;
import parley.protocol.Frame;

/** One connection's subscription to one room. Holds events back until its reply is sent. Guarded by its feed. */
final class Subscription {

    private final Connection connection;
    private final long allowedAt;
    /** What is held back, null when it is live. */
    private List<LoggedFrame> held = new ArrayList<>(0);
    /** Where it stands in the feed's list. */
    private int place;

    /** @param allowedAt the offset of the view that allowed it: no event up to there ends it */
    Subscription(Connection connection, long allowedAt) {
        this.connection = connection;
        this.allowedAt = allowedAt;
    }

    Connection connection() {
        return connection;
    }

    String user() {
        return connection.caller().id();
    }

    long allowedAt() {
        return allowedAt;
    }

    int place() {
        return place;
    }

    void moveTo(int newPlace) {
        place = newPlace;
    }

    /**
     * Delivers these frames or holds them back. Returns false if too many are held back.
     *
     * @param together the same frames as one array
     * @param now the time in milliseconds since 1970
     * @param since the same time as {@link System#nanoTime}
     */
    boolean deliver(List<LoggedFrame> frames, byte[] together, long now, long since) {
        if (held == null) {
            connection.offer(together, now, since);
            return true;
        }
        held.addAll(frames);
        return held.size() <= RoomLog.LONGEST_REPLAY;
    }

    /** Ephemeral events are not worth holding back. */
    void broadcast(Frame frame, long now) {
        if (held == null) {
            connection.offer(frame.bytes(), now);
        }
    }

    void goLive(Frame reply, List<LoggedFrame> replay) {
        List<byte[]> first = new ArrayList<>(1 + replay.size() + held.size());
        first.add(reply.bytes());
        replay.forEach(logged -> first.add(logged.frame().bytes()));
        held.forEach(logged -> first.add(logged.frame().bytes()));
        held = null;
        connection.offer(first, System.currentTimeMillis());
    }
}
