package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Predicate;
import parley.protocol.Event;

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
}
