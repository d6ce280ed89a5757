package parley.watch;

import java.util.ArrayList;
import java.util.List;
import parley.hub.Connection;
import parley.protocol.Codec;
import parley.protocol.Event;
import parley.protocol.Frame;
import parley.protocol.MyRoom;
import parley.protocol.Problem;
import parley.protocol.Reply;

/** One connection that watches. Holds events back until the reply to {@code watch} is sent. Safe for every thread; never waits. */
final class Watcher {

    /** More events than this in the time that it takes to read the rooms refuse the command. */
    private static final int MOST_HELD = 1_000;

    private final Connection connection;
    /** Guarded by this; null once the reply was sent. */
    private List<Event> held = new ArrayList<>(0);

    Watcher(Connection connection) {
        this.connection = connection;
    }

    /** @param frame the same event as a frame */
    synchronized void tell(Event event, Frame frame) {
        if (held == null) {
            connection.say(frame);
        } else if (held.size() <= MOST_HELD) {
            held.add(event);
        }
    }

    /** Sends the reply and what was held back. Returns false, and sends a refusal, if too much was. */
    synchronized boolean goLive(Reply.Watching reply) {
        List<Event> waiting = held;
        held = null;
        if (waiting.size() > MOST_HELD) {
            connection.say(new Reply.Refused(reply.re(), Problem.unavailable("Your rooms change too fast. Try again.")));
            return false;
        }
        connection.say(reply);
        waiting.stream().filter(event -> !isIn(event, reply)).forEach(connection::say);
        return true;
    }

    // The rooms were read after the event, so the reply has later numbers.
    private static boolean isIn(Event event, Reply.Watching reply) {
        return event instanceof Event.Activity activity && reply.rooms().stream()
                .anyMatch(room -> room.id().equals(activity.room()) && isLater(room, activity));
    }

    private static boolean isLater(MyRoom room, Event.Activity activity) {
        return room.unread().asOf() >= activity.unread().asOf();
    }

    static Frame frame(Event event) {
        return Codec.encode(event);
    }
}
