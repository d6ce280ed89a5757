package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.protocol.Position;
import parley.room.RoomView;
import parley.room.Rooms;

/** Follows other instances: applies the events that they committed to the views of this instance, and notifies observers. */
@ApplicationScoped
public class Following {

    private static final Logger LOG = Logger.getLogger(Following.class.getName());

    @Inject
    private Views views;
    @Inject
    private Rooms rooms;
    @Inject
    private Event<Committed> told;
    @Inject
    private RenewingEpoch epochs;

    /**
     * Applies frames that another instance committed, in order without a gap. Frames that the view already contains are skipped. If the
     * frames don't follow the view, the view is marked as doubtful ({@link Views#doubt}). Returns whether observers were notified; if not,
     * the caller must check which subscriptions have lost their right.
     */
    public boolean follow(String room, String epoch, List<LoggedFrame> frames) {
        RoomView view = views.cached(room).orElse(null);
        if (view == null || frames.isEmpty()) {
            return false;
        }
        if (!view.epoch().equals(epoch)) {
            views.doubt(room);
            return false;
        }
        List<LoggedFrame> fresh = frames.stream().filter(logged -> logged.offset() > view.offset()).toList();
        if (fresh.isEmpty()) {
            return false;
        }
        if (fresh.getFirst().offset() > view.offset() + 1) {
            views.doubt(room);
            return false;
        }
        Committed.RoomBatch batch = Committed.RoomBatch.following(view, fresh);
        views.advance(batch.view());
        told.fire(new Committed(false, List.of(batch)));
        return true;
    }

    /**
     * Reads the heads of these logs with one query and waits for it. Confirms the cached views that have reached their head, and fires
     * {@link EpochRenewed} for each cached view of an old epoch. A log that ends before the view that was cached before the query has lost
     * commits, and gets a new epoch.
     */
    public Map<String, Position> heads(Collection<String> ids) {
        Map<String, Position> known = new HashMap<>();
        ids.forEach(room -> views.cached(room).ifPresent(view -> known.put(room, view.position())));
        long asOf = System.nanoTime();
        Map<String, Position> heads = rooms.positions(ids);
        heads.forEach((room, head) -> {
            views.confirm(room, head, asOf);
            Position before = known.get(room);
            if (before != null && before.epoch().equals(head.epoch())) {
                renewIfBehind(room, before, head);
            } else if (before != null) {
                epochs.renewed(room, head.epoch());
            }
        });
        return heads;
    }

    /**
     * Renews the epoch of a room if its head is behind a position of the same epoch that was known before the head was read: the database
     * lost commits. A failure is logged; the next comparison tries again. Waits for the database.
     */
    public void renewIfBehind(String room, Position known, Position head) {
        if (known.epoch().equals(head.epoch()) && known.offset() > head.offset()) {
            try {
                epochs.renewSetBack(room, known);
            } catch (RuntimeException failed) {
                LOG.log(Level.WARNING, "The epoch of a room whose log was set back could not be renewed; the next comparison tries again",
                        failed);
            }
        }
    }
}
