package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
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
import parley.room.RetentionLimits;
import parley.room.Rooms;
import parley.room.UpdateRoom;
import parley.settings.Settings;

/**
 * Creates the rooms of {@code parley.rooms.default} at the first start, and a second one for development. Brings rooms that store nothing
 * within the floor of the installation.
 */
@ApplicationScoped
class DefaultRooms {

    private static final Logger LOG = Logger.getLogger(DefaultRooms.class.getName());
    private static final int AT_ONCE = 500;
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
                new RoomProfile(room.name(), RoomKind.PUBLIC, "",
                RetentionLimits.of(settings.retention().kept()).standard())));
        if (DevelopmentIssuer.instance().isPresent()) {
            create("random", new RoomProfile("Random", RoomKind.PUBLIC, "Everything else", Retention.FOREVER));
        }
    }

    /**
     * Gives rooms that store nothing the floor as their retention, if the installation has one. Members see the change. Blocks on the
     * database.
     */
    void storeWhatTheFloorKeeps() {
        Retention floor = RetentionLimits.of(settings.retention().kept()).floor();
        String last = "";
        for (List<String> page = below(floor, last); !page.isEmpty(); page = below(floor, last)) {
            last = page.getLast();
            page.forEach(room -> raise(room, floor));
        }
    }

    private List<String> below(Retention floor, String after) {
        return floor.equals(Retention.NONE) ? List.of() : rooms.storingNothing(after, AT_ONCE);
    }

    private void raise(String room, Retention floor) {
        if (journal.submit(new UpdateRoom(room, PARLEY, Optional.empty(), Optional.empty(), Optional.of(floor))).join()
                instanceof Receipt.Refused refused) {
            LOG.log(Level.WARNING, "Room {0} still stores no messages, although parley.retention.floor-days is set: {1}",
                    new Object[] {room, refused.problem().message()});
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
