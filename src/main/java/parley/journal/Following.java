package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.protocol.Position;
import parley.room.RoomView;
import parley.room.Rooms;

/** Applies events that other instances committed to the views of this instance, and passes them on to observers. */
@ApplicationScoped
public class Following {

    @Inject
    private Views views;
    @Inject
    private Rooms rooms;
    @Inject
    private Event<Committed> told;
    @Inject
    private RenewingEpoch epochs;

    /**
     * Applies frames that another instance committed, in order without a gap. Known frames change nothing. If the frames don't
     * follow the view, the view is marked as doubtful and compared with the log before its next use. Returns whether observers were
     * notified; if not, the caller must check whose rights changed.
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
     * Reads the heads of these logs with one query; waits for it. Fires {@link EpochRenewed} for a log that was replaced. A log that
     * ends before the view that was known before the query has lost commits: it gets a new epoch.
     */
    public Map<String, Position> heads(Collection<String> ids) {
        Map<String, Position> known = new HashMap<>();
        ids.forEach(room -> views.cached(room).ifPresent(view -> known.put(room, view.position())));
        long asOf = System.nanoTime();
        Map<String, Position> heads = rooms.positions(ids);
        heads.forEach((room, head) -> {
            views.confirm(room, head, asOf);
            Position before = known.get(room);
            if (before != null && before.epoch().equals(head.epoch()) && before.offset() > head.offset()) {
                epochs.renewSetBack(room, before);
            } else if (views.cached(room).filter(view -> !view.epoch().equals(head.epoch())).isPresent()) {
                epochs.renewed(room);
            }
        });
        return heads;
    }
}
