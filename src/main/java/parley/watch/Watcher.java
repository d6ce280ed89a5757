package parley.watch;

import java.util.ArrayList;
import java.util.List;
import parley.hub.Connection;
import parley.protocol.Event;
import parley.protocol.Frame;
import parley.protocol.MyRoom;
import parley.protocol.Problem;
import parley.protocol.Reply;

/** One connection that watches. Holds events back until the reply to {@code watch} is sent. Safe for every thread; never waits. */
final class Watcher {

    /** More events than this in the time that it takes to read the rooms refuse the command. */
    private static final int MOST_HELD = 1_000;

    /** @param activity null if it is another event */
    private record Held(Event.Activity activity, Frame frame) {}

    private final Connection connection;
    /** Guarded by this; null once the reply was sent. */
    private List<Held> held = new ArrayList<>(0);

    Watcher(Connection connection) {
        this.connection = connection;
    }

    /** @param activity the event of the frame if it is an activity, else null */
    synchronized void tell(Event.Activity activity, Frame frame) {
        if (held == null) {
            connection.say(frame);
        } else if (held.size() <= MOST_HELD) {
            held.add(new Held(activity, frame));
        }
    }

    /** Sends the reply and what was held back. Returns false, and sends a refusal, if too much was. */
    synchronized boolean goLive(Reply.Watching reply) {
        List<Held> waiting = held;
        held = null;
        if (waiting.size() > MOST_HELD) {
            connection.say(new Reply.Refused(reply.re(), Problem.unavailable("Your rooms change too fast. Try again.")));
            return false;
        }
        connection.say(reply);
        waiting.stream().filter(one -> one.activity == null || !isIn(one.activity, reply)).forEach(one -> connection.say(one.frame));
        return true;
    }

    // The rooms were read after the event, so the reply has later numbers.
    private static boolean isIn(Event.Activity activity, Reply.Watching reply) {
        return reply.rooms().stream().anyMatch(room -> room.id().equals(activity.room()) && isLater(room, activity));
    }

    private static boolean isLater(MyRoom room, Event.Activity activity) {
        return room.unread().asOf() >= activity.unread().asOf();
    }
}
