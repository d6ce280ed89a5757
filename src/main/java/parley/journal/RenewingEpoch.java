package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.protocol.Position;
import parley.room.Rooms;

/**
 * Gives logs a new epoch, so that clients reload instead of resuming. Needed if the database lost commits, after a failover or a restore
 * from a backup: the offsets that clients know may then belong to other events.
 */
@ApplicationScoped
public class RenewingEpoch {

    private static final Logger LOG = Logger.getLogger(RenewingEpoch.class.getName());
    private static final int ROOMS_AT_ONCE = 500;

    private Rooms rooms;
    private EpochCommit commits;
    private Views views;
    private Event<EpochRenewed> told;
    private Event<LogsDoubted> doubts;
    private Counter setBacks;

    /** For the container's proxy. */
    protected RenewingEpoch() {
    }

    @Inject
    RenewingEpoch(Rooms rooms, EpochCommit commits, Views views, Event<EpochRenewed> told, Event<LogsDoubted> doubts,
                  Metrics metrics) {
        this.rooms = rooms;
        this.commits = commits;
        this.views = views;
        this.told = told;
        this.doubts = doubts;
        setBacks = metrics.count("parley_logs_set_back_total",
                "Logs that got a new epoch because the database had lost commits, as after a failover.");
    }

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
        Optional<String> epoch = commits.renew(room);
        epoch.ifPresent(fresh -> renewed(room, fresh));
        return epoch.isPresent();
    }

    /**
     * Renews the epoch of a room whose log ends before a position that this instance knew, because the database lost commits. Does
     * nothing if the room is locked or has a new epoch already. Waits for the database.
     */
    void renewSetBack(String room, Position known) {
        commits.renewIfBehind(room, known).ifPresent(epoch -> {
            LOG.log(Level.SEVERE, "The log of room {0} ends before event {1}, which was committed: the database lost commits. The room has"
                    + " a new epoch, and its clients reload", new Object[] {room, String.valueOf(known.offset())});
            setBacks.increment();
            renewed(room, epoch);
            // Other rooms lost commits with it.
            doubts.fire(LogsDoubted.all());
        });
    }

    /** Drops the view of a room whose log has a new epoch, from this or another instance, and notifies observers. */
    void renewed(String room, String epoch) {
        views.forget(room);
        told.fire(new EpochRenewed(room, epoch));
    }
}
