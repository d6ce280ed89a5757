package parley.hub;

import java.util.ArrayList;
import java.util.List;
import parley.journal.LoggedFrame;
import parley.journal.RoomLog;
import parley.protocol.Frame;

/**
 * One connection's listening to one room. Until its reply is out, events are held back; after that they go straight
 * on. Guarded by its feed.
 */
final class Subscription {

    private final Connection connection;
    private List<Frame> held = new ArrayList<>();

    Subscription(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    String user() {
        return connection.caller().id();
    }

    /** Passes these on, or holds them back; false when it holds too much to be worth keeping. */
    boolean deliver(List<Frame> frames) {
        if (held == null) {
            connection.send(frames);
            return true;
        }
        held.addAll(frames);
        return held.size() <= RoomLog.LONGEST_REPLAY;
    }

    /** Ephemeral events are not worth holding back. */
    void mention(Frame frame) {
        if (held != null) {
            return;
        }
        connection.send(frame);
    }

    void goLive(Frame reply, List<LoggedFrame> replay) {
        List<Frame> first = new ArrayList<>(1 + replay.size() + held.size());
        first.add(reply);
        replay.forEach(logged -> first.add(logged.frame()));
        first.addAll(held);
        held = null;
        connection.send(first);
    }
}
