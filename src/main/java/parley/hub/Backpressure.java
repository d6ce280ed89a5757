package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import parley.identity.Caller;
import parley.journal.Views;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.protocol.Problem;
import parley.room.RoomPolicy;

/**
 * Refuses what would be delivered to all listeners of a room while most of them here are late. Without it, a room that gets more than its
 * listeners can take delivers less and less: each of them reads old events from the log instead of sharing the new ones. Listeners on
 * other instances don't count. Safe for every thread; never waits for the database.
 */
@ApplicationScoped
public class Backpressure {

    private Feeds feeds;
    private Views views;
    private Counter refused;

    /** For the container's proxy. */
    protected Backpressure() {
    }

    @Inject
    Backpressure(Feeds feeds, Views views, Metrics metrics) {
        this.feeds = feeds;
        this.views = views;
        refused = metrics.count("parley_commands_held_back_total", "Commands refused because most listeners of their room were late.");
    }

    /** The refusal of a command that changes the messages of this room. A caller who can't see the room is not told. */
    public Optional<Problem> refusal(String room, Caller by) {
        Feed feed = feeds.of(room);
        if (feed == null || !feed.isTooFast(System.nanoTime())
                || views.cached(room).filter(view -> RoomPolicy.maySee(view, by.id(), Instant.now())).isEmpty()) {
            return Optional.empty();
        }
        refused.increment();
        return Optional.of(Problem.unavailable("The room gets messages faster than most people in it receive them."));
    }
}
