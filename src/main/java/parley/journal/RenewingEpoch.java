package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import parley.room.Rooms;

/**
 * Gives logs a new epoch, so that clients reload instead of resuming. Needed after a restore from a backup, because known offsets
 * would then stand for other events.
 */
@ApplicationScoped
public class RenewingEpoch {

    private static final int ROOMS_AT_ONCE = 500;

    @Inject
    private Rooms rooms;
    @Inject
    private EpochCommit commits;
    @Inject
    private Views views;
    @Inject
    private Event<EpochRenewed> told;

    /** Renews the epoch of every room and opens instances that started closed. Returns the number of rooms. Waits for the database. */
    public long renewAll() {
        long renewed = 0;
        List<String> page = rooms.ids("", ROOMS_AT_ONCE);
        while (!page.isEmpty()) {
            renewed += page.stream().filter(this::renew).count();
            page = rooms.ids(page.getLast(), ROOMS_AT_ONCE);
        }
        commits.countRenewal();
        return renewed;
    }

    /** Renews the epoch of one room; false if there is no such room. Waits for the database. */
    public boolean renew(String room) {
        if (!commits.renew(room)) {
            return false;
        }
        views.forget(room);
        told.fire(new EpochRenewed(room));
        return true;
    }
}
