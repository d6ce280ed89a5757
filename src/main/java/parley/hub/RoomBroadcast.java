package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.function.Predicate;
import parley.protocol.Codec;
import parley.protocol.Event;
import parley.protocol.Frame;

/** Broadcasts ephemeral events to subscriptions of this instance. Safe for every thread; never waits. */
@ApplicationScoped
public class RoomBroadcast {

    @Inject
    private Feeds feeds;

    /** Whether a connection of this instance has a subscription to the room. */
    public boolean hasSubscriptions(String room) {
        return feeds.of(room) != null;
    }

    /** Broadcasts to the subscriptions of the users who pass the test. */
    public void to(String room, Event event, Predicate<String> user) {
        feeds.broadcast(room, event, subscription -> user.test(subscription.user()));
    }

    /** Broadcasts to all subscriptions of a room, and to these connections, which may have none. */
    public void to(String room, Event event, Collection<Connection> connections) {
        Frame frame = Codec.encode(event);
        connections.forEach(connection -> connection.tell(frame));
        feeds.broadcast(room, event, subscription -> !connections.contains(subscription.connection()));
    }
}
