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

/** Creates the rooms of {@code parley.rooms.default} at the first start, and a second one for development. */
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

    /** Creates the rooms that have never existed. Blocks on the database. */
    void create() {
        settings.rooms().defaults().forEach(room -> create(room.id(),
                new RoomProfile(room.name(), RoomKind.PUBLIC, "", Retention.FOREVER)));
        if (DevelopmentIssuer.instance().isPresent()) {
            create("random", new RoomProfile("Random", RoomKind.PUBLIC, "Everything else", Retention.FOREVER));
        }
    }

    // A room that exists, even a closed one, stays unchanged.
    private void create(String id, RoomProfile profile) {
        // This read also initializes the persistence unit, which on a busy machine takes longer than a command may wait.
        if (rooms.view(id).isEmpty()
                && journal.submit(new OpenDefaultRoom(id, PARLEY, profile)).join() instanceof Receipt.Refused refused) {
            LOG.log(Level.WARNING, "Creating room {0} of parley.rooms.default failed; the instance starts without it: {1}",
                    new Object[] {id, refused.problem().message()});
        }
    }
}
