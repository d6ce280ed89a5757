package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.journal.Committed;
import parley.journal.EpochRenewed;
import parley.journal.Following;
import parley.journal.LoggedFrame;
import parley.journal.RoomLog;
import parley.journal.Views;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.protocol.Position;
import parley.room.RoomView;
import parley.settings.Settings;
import parley.threads.ManagedThreads;
import parley.threads.ReaderPool;

/**
 * Hands committed events to the feeds, whether they were committed here or on another instance, and reads the events that a feed misses
 * from the log. {@link Delivery} decides what happens to each feed. Feeds whose events may have been lost ({@link Doubts}) are compared
 * with the heads of their logs, which finds events that never arrived and repeats failed reads. Safe for every thread. No caller waits for
 * the database: the reader pool reads logs, and one thread compares the heads.
 */
@ApplicationScoped
public class Delivering {

    private static final Logger LOG = Logger.getLogger(Delivering.class.getName());
    private static final int HEADS_AT_ONCE = 10_000;

    private Feeds feeds;
    private Views views;
    private RoomLog log;
    private Following following;
    private ReaderPool readers;
    private Doubts doubts;
    private Counter compared;
    private Event<Overheard> overheard;
    private Event<HeadsCompared> headsCompared;

    /** For the container's proxy. */
    protected Delivering() {
    }

    @Inject
    Delivering(Settings settings, Feeds feeds, Views views, RoomLog log, Following following, ReaderPool readers, Doubts doubts,
            ManagedThreads managed, Metrics metrics, Event<Overheard> overheard, Event<HeadsCompared> headsCompared) {
        this.overheard = overheard;
        this.headsCompared = headsCompared;
        this.feeds = feeds;
        this.views = views;
        this.log = log;
        this.following = following;
        this.readers = readers;
        this.doubts = doubts;
        compared = metrics.count("parley_heads_compared_total", "Rooms that were compared with the heads of their logs.");
        managed.repeat("heads", settings.rooms().headsEvery(), this::compareHeads);
    }

    void committed(@Observes Committed committed) {
        for (Committed.RoomBatch batch : committed.rooms()) {
            Feed feed = feeds.of(batch.view().id());
            if (feed != null) {
                decide(feed, state -> Delivery.ofBatch(state, batch, latest(batch.view())));
            }
        }
    }

    private RoomView latest(RoomView view) {
        return views.cached(view.id()).filter(cached -> cached.epoch().equals(view.epoch())).orElse(view);
    }

    void epochRenewed(@Observes EpochRenewed renewed) {
        Feed feed = feeds.of(renewed.room());
        if (feed != null) {
            decide(feed, state -> Delivery.ofEpoch(state, renewed.epoch()));
        }
    }

    /**
     * Receives frames that another instance committed, in order without a gap. If they follow this instance's view, the view advances, and
     * the feed gets them as a batch. Otherwise the feed gets them as late frames, after the latest view was fetched. Frames of a room
     * without a view and a feed are not decoded.
     */
    public void arrived(String room, String epoch, List<LoggedFrame> frames) {
        boolean followed = following.follow(room, epoch, frames);
        if (!followed) {
            overheard.fire(new Overheard(room, frames));
        }
        Feed feed = feeds.of(room);
        if (followed || feed == null || frames.isEmpty()
                || feed.epoch().equals(epoch) && feed.hasDelivered(frames.getLast().offset())) {
            return;
        }
        List<LoggedFrame> kept = List.copyOf(frames);
        views.of(room).thenAccept(latest -> decide(feed, state -> Delivery.ofLate(state, epoch, kept, latest))).exceptionally(failed -> {
            LOG.log(Level.WARNING, "The rights in a room could not be read; its events are delivered after the next comparison", failed);
            doubts.doubt(room);
            return null;
        });
    }

    /** Reads the events that a view contains and the room's feed has not delivered. Call it after adding a subscription. */
    void bringUpTo(RoomView view) {
        Feed feed = feeds.of(view.id());
        if (feed != null) {
            decide(feed, state -> Delivery.ofSubscription(state, latest(view)));
        }
    }

    // Finds events that reached this instance neither through its journal nor through the bus.
    private void compareHeads() {
        Doubts.Look look = doubts.next();
        try {
            compareHeads((look.all() ? feeds.rooms() : look.rooms()).iterator());
            headsCompared.fire(new HeadsCompared(look.all(), look.rooms()));
        } catch (RuntimeException | Error failed) {
            doubts.failed(look);
            throw failed;
        }
    }

    private void compareHeads(Iterator<String> rooms) {
        while (rooms.hasNext()) {
            Map<Feed, Position> known = new HashMap<>();
            while (rooms.hasNext() && known.size() < HEADS_AT_ONCE) {
                Feed feed = feeds.of(rooms.next());
                if (feed != null) {
                    known.put(feed, feed.position());
                }
            }
            if (!known.isEmpty()) {
                compareHeads(known);
            }
        }
    }

    // Only with feeds and positions from before the query: later ones may belong to a later head.
    private void compareHeads(Map<Feed, Position> known) {
        Map<String, Position> heads = following.heads(known.keySet().stream().map(Feed::room).toList());
        compared.add(known.size());
        known.forEach((feed, position) -> {
            Position head = heads.get(feed.room());
            if (head != null) {
                following.renewIfBehind(feed.room(), position, head);
                settle(feed, feed.compare(head));
                if (!feed.hasDelivered(head.offset())) {
                    doubts.doubt(feed.room());
                }
            }
        });
    }

    private void decide(Feed feed, Function<FeedState, List<Effect>> decision) {
        settle(feed, feed.apply(decision));
    }

    private void settle(Feed feed, Feed.Outcome outcome) {
        feeds.settle(feed, outcome);
        outcome.read().ifPresent(read -> carryOut(feed, read));
    }

    private void carryOut(Feed feed, Effect.OnLog effect) {
        CompletableFuture<Feed.Outcome> outcome = switch (effect) {
            case Effect.ReadMissing missing -> readMissing(feed, missing.after());
            case Effect.ReadHead head -> readHead(feed);
        };
        outcome.thenAccept(decided -> settle(feed, decided)).exceptionally(failed -> {
            feed.readFailed();
            doubts.doubt(feed.room());
            LOG.log(Level.WARNING, "The log of a room could not be read; the next comparison of heads reads it", failed);
            return null;
        });
    }

    private CompletableFuture<Feed.Outcome> readMissing(Feed feed, long after) {
        return readers.read(() -> read(feed, after)).thenCompose(read -> views.of(feed.room())
                .thenApply(latest -> feed.applyRead(state -> Delivery.ofRead(state, read, latest))));
    }

    // Advances the view too, so that the next check of rights includes these events.
    private LogRead read(Feed feed, long after) {
        Position head = following.heads(List.of(feed.room())).get(feed.room());
        LogRead read = new LogRead(after, head, log.after(feed.room(), after));
        if (read.isOf(feed.epoch()) && read.isComplete()) {
            following.follow(feed.room(), feed.epoch(), read.frames());
        }
        return read;
    }

    private CompletableFuture<Feed.Outcome> readHead(Feed feed) {
        views.doubt(feed.room());
        return readers.read(() -> Optional.ofNullable(following.heads(List.of(feed.room())).get(feed.room())))
                .thenApply(head -> head.map(feed::compareRead).orElseGet(() ->
                        feed.applyRead(state -> List.of(new Effect.EndAll(EndReason.LOG_REPLACED)))));
    }
}
