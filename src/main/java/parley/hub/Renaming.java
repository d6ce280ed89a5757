package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import parley.people.Renamed;
import parley.protocol.Event;
import parley.protocol.User;
import parley.room.Rooms;

/** Broadcasts a person's new name to the subscriptions of this instance, in the rooms that the person is a member of. */
@ApplicationScoped
class Renaming {

    /** The most rooms of one person that are informed. */
    private static final int MOST_ROOMS = 10_000;

    @Inject
    private Rooms rooms;
    @Inject
    private Feeds feeds;
    @Inject
    private Presence presence;

    // Waits for the database.
    void renamed(@Observes Renamed renamed) {
        for (User user : renamed.people()) {
            rooms.of(user.id(), MOST_ROOMS).stream().filter(room -> feeds.of(room) != null).forEach(room ->
                    feeds.broadcast(room, new Event.Presence(room, presence.online(room), List.of(), List.of(), List.of(user)),
                            subscription -> true));
        }
    }
}
