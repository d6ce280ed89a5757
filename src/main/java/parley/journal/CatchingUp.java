package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.protocol.Position;
import parley.room.RoomHead;
import parley.room.RoomView;
import parley.room.Rooms;

/**
 * Brings the views of rooms to their locked heads. Other instances write to a busy room in nearly every turn, so the missing events
 * of all rooms are read with one query while the rooms are locked.
 */
@ApplicationScoped
class CatchingUp {

    @Inject
    private Views views;
    @Inject
    private RoomLog log;
    @Inject
    private Rooms rooms;

    /**
     * The state after catching up.
     *
     * @param views by room
     * @param found events of other instances that this instance did not know
     */
    record CaughtUp(Map<String, RoomView> views, List<Committed.RoomBatch> found) {}

    /** Reads up to these heads, in the transaction that locked them. Throws {@link LogSetBack} if a view is ahead of its head. */
    CaughtUp to(Collection<RoomHead> heads) {
        Map<String, RoomView> known = known(heads);
        refuseSetBack(heads, known);
        Map<String, List<LoggedFrame>> missed = log.within(heads.stream()
                .filter(head -> known.containsKey(head.room()) && known.get(head.room()).offset() < head.offset())
                .map(head -> new RoomLog.Span(head.room(), known.get(head.room()).offset(), head.offset())).toList());
        Map<String, RoomView> latest = new HashMap<>();
        List<Committed.RoomBatch> found = new ArrayList<>();
        for (RoomHead head : heads) {
            RoomView view = known.get(head.room());
            List<LoggedFrame> since = missed.getOrDefault(head.room(), List.of());
            if (view == null || view.offset() < head.offset() && view.offset() + since.size() != head.offset()) {
                // The view is unknown, or the log no longer holds the missing events, or there are too many.
                latest.put(head.room(), rooms.view(head.room()).orElseThrow());
            } else if (since.isEmpty()) {
                latest.put(head.room(), view);
            } else {
                Committed.RoomBatch batch = Committed.RoomBatch.following(view, since);
                latest.put(head.room(), batch.view());
                found.add(batch);
            }
        }
        return new CaughtUp(latest, found);
    }

    private static void refuseSetBack(Collection<RoomHead> heads, Map<String, RoomView> known) {
        Map<String, Position> ahead = new HashMap<>();
        for (RoomHead head : heads) {
            RoomView view = known.get(head.room());
            if (view != null && view.offset() > head.offset()) {
                ahead.put(head.room(), view.position());
            }
        }
        if (!ahead.isEmpty()) {
            throw new LogSetBack(ahead);
        }
    }

    private Map<String, RoomView> known(Collection<RoomHead> heads) {
        Map<String, RoomView> known = new HashMap<>();
        heads.forEach(head -> views.cached(head.room()).filter(view -> view.epoch().equals(head.epoch()))
                .ifPresent(view -> known.put(head.room(), view)));
        return known;
    }
}
