package parley.hub;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.journal.Following;
import parley.journal.LoggedFrame;
import parley.journal.RoomLog;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.protocol.Position;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/**
 * Replays the log to subscriptions that are behind, as fast as their connection takes it: an outbox gets the next events only when the
 * client has read. Its own threads read the log. A failed read is tried again by a later sweep of the connections.
 */
@ApplicationScoped
class Replaying {

    private static final Logger LOG = Logger.getLogger(Replaying.class.getName());
    /** A read gets so many events first, and then as many as have about {@link Outbox#MOST_REPLAYED} bytes. */
    private static final int FIRST_EVENTS = 2 * Pages.LENGTH;
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);

    private Pages pages;
    private RoomLog log;
    private Following following;
    private Feeds feeds;
    private ExecutorService threads;
    private Counter reads;
    private volatile boolean failing;
    private volatile long failedAt;

    /** For the container's proxy. */
    protected Replaying() {
    }

    @Inject
    Replaying(Settings settings, Pages pages, RoomLog log, Following following, Feeds feeds, ManagedThreads managed, Metrics metrics) {
        this(pages, log, following, feeds, managed.pool("replay", settings.readers().threads(), settings.readers().queue()), metrics);
    }

    Replaying(Pages pages, RoomLog log, Following following, Feeds feeds, ExecutorService threads, Metrics metrics) {
        this.pages = pages;
        this.log = log;
        this.following = following;
        this.feeds = feeds;
        this.threads = threads;
        reads = metrics.count("parley_replay_reads_total", "Reads of the log for subscriptions that are behind.");
    }

    /** Starts the replay to the subscriptions of a connection, unless one is in progress. Never waits. */
    void start(Connection connection) {
        if (failing && System.nanoTime() - failedAt < PAUSE_AFTER_FAILURE || !connection.behind().begins()) {
            return;
        }
        try {
            threads.execute(() -> replay(connection));
        } catch (RejectedExecutionException full) {
            connection.behind().gaveUp();
        }
    }

    private void replay(Connection connection) {
        Behind behind = connection.behind();
        Subscription next = null;
        try {
            do {
                while (connection.hasRoomForReplay() && (next = behind.next()) != null) {
                    replay(next);
                }
            } while (!behind.ends());
            failing = false;
        } catch (Throwable failed) {
            if (next != null) {
                behind.add(next);
            }
            behind.gaveUp();
            failed(failed);
        }
    }

    private void replay(Subscription subscription) {
        Feed feed = subscription.feed();
        OptionalLong after = feed.replaysAfter(subscription);
        if (after.isPresent()) {
            Position position = new Position(feed.epoch(), after.getAsLong());
            List<LoggedFrame> found = pages.after(feed, position);
            feeds.settle(feed, feed.replay(subscription, found.isEmpty() ? read(subscription, position) : found));
        }
    }

    // Empty if the log no longer has the next events.
    private List<LoggedFrame> read(Subscription subscription, Position position) {
        String room = subscription.feed().room();
        long mark = pages.mark();
        List<LoggedFrame> events = log.after(room, position.offset(), subscription.eventsAtOnce(FIRST_EVENTS));
        reads.increment();
        // The head is read last: if it has the feed's epoch, the events are of that epoch too.
        Position head = following.heads(List.of(room)).get(room);
        if (head == null || !head.epoch().equals(position.epoch()) || !follow(events, position.offset())) {
            return List.of();
        }
        long bytes = events.stream().mapToLong(logged -> logged.frame().size()).sum();
        subscription.readsAtOnce(Math.clamp(Outbox.MOST_REPLAYED * (long) events.size() / bytes, Pages.LENGTH, RoomLog.LONGEST_REPLAY));
        pages.add(subscription.feed(), position.epoch(), events, mark);
        return events;
    }

    private static boolean follow(List<LoggedFrame> events, long offset) {
        return !events.isEmpty() && events.getFirst().offset() == offset + 1 && events.getLast().offset() == offset + events.size();
    }

    private void failed(Throwable failed) {
        failedAt = System.nanoTime();
        if (!failing) {
            LOG.log(Level.WARNING, "The log could not be read for clients that are behind; it is tried again", failed);
        }
        failing = true;
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
