package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.identity.Actor;
import parley.identity.DevelopmentIssuer;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.protocol.Retention;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.OpenDefaultRoom;
import parley.room.Rooms;
import parley.settings.Settings;

/** The rooms that are there from the first start on. */
@ApplicationScoped
class DefaultRooms {

    private static final Logger LOG = Logger.getLogger(DefaultRooms.class.getName());
    private static final Actor PARLEY = new Actor(new User("parley", "Parley"), true);

    @Inject
    private Settings settings;
    @Inject
    private Journal journal;
    @Inject
    private Rooms rooms;

    /** Makes those that never were. Waits for the database. */
    void open() {
        settings.defaultRooms().forEach(room -> open(room.id(), new RoomProfile(room.name(), RoomKind.PUBLIC, "", Retention.FOREVER)));
        if (DevelopmentIssuer.instance().isPresent()) {
            open("random", new RoomProfile("Random", RoomKind.PUBLIC, "Everything else", Retention.FOREVER));
        }
    }

    // A room that was there once, though it is closed, stays as it is.
    private void open(String id, RoomProfile profile) {
        // Looking first also wakes the persistence unit, which on a busy machine takes longer than a command may wait.
        if (rooms.view(id).isEmpty() && journal.submit(new OpenDefaultRoom(id, PARLEY, profile)).join() instanceof Receipt.Refused refused) {
            LOG.log(Level.WARNING, "The room {0} of parley.rooms.default is not made: {1}", new Object[] {id, refused.problem().message()});
        }
    }
}
