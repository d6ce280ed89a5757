package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.protocol.Codec;
import parley.protocol.Event;
import parley.room.RoomView;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/**
 * One feed for each room that a connection of this instance is subscribed to. A feed exists from a room's first subscription to the end of
 * its last. Safe for every thread; never waits.
 */
@ApplicationScoped
public class Feeds {

    private static final Duration PRESENCE_EVERY = Duration.ofMillis(250);

    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();

    private Presence presence;
    private Doubts doubts;
    private Flushers flushers;
    private Pages pages;
    private Counter deliveries;
    private int most;

    /** For the container's proxy. */
    protected Feeds() {
    }

    @Inject
    Feeds(Settings settings, Presence presence, Doubts doubts, Flushers flushers, Pages pages, ManagedThreads managed, Metrics metrics) {
        this.presence = presence;
        this.doubts = doubts;
        this.flushers = flushers;
        this.pages = pages;
        most = settings.rooms().listened();
        deliveries = metrics.count("parley_deliveries_total", "Events handed to subscriptions, one for each subscription.");
        metrics.gauge("parley_rooms_listened", "Rooms that a connection of this instance listens to.", feeds::size);
        managed.repeat("presence", PRESENCE_EVERY, this::broadcastPresence);
    }

    private void broadcastPresence() {
        presence.tick(event -> broadcast(event.room(), event, subscription -> true));
    }

    /** A new subscription in its feed. After its reply it gets all events after the offset {@code from}. */
    record Attached(Feed feed, Subscription subscription, long from) {}

    /** Whether a subscription to this room keeps the number of feeds within its maximum. */
    boolean hasPlaceFor(String room) {
        return feeds.size() < most || feeds.containsKey(room);
    }

    /** The feed of a room, or null. */
    Feed of(String room) {
        return feeds.get(room);
    }

    /** The rooms that have a feed now. */
    List<String> rooms() {
        return List.copyOf(feeds.keySet());
    }

    /**
     * Subscribes a connection to a room's feed, in place of its earlier subscription there. The new one gets nothing before its reply.
     * Empty if the feed delivers another epoch than the view's, or has just ended all subscriptions.
     *
     * @param view the view that allows the subscription
     */
    Optional<Attached> attach(Connection connection, RoomView view) {
        Subscription subscription = new Subscription(connection, view.offset());
        Attached[] attached = new Attached[1];
        feeds.compute(view.id(), (room, there) -> {
            Feed into = there != null && !there.isRetired() ? there : begin(view);
            if (into.epoch().equals(view.epoch())) {
                attached[0] = attach(into, subscription);
            }
            return into;
        });
        return Optional.ofNullable(attached[0]);
    }

    // An event that arrived after the view was read, and before the feed was here, has reached neither.
    private Feed begin(RoomView view) {
        doubts.doubt(view.id());
        return new Feed(view.id(), view.position(), presence, flushers, pages);
    }

    // Register with the connection first: a feed that ends the subscription at once also removes it from the connection.
    private static Attached attach(Feed feed, Subscription subscription) {
        Subscriptions ofConnection = subscription.connection().subscriptions();
        Subscription before = ofConnection.put(feed.room(), subscription);
        OptionalLong from = feed.attach(subscription);
        if (from.isEmpty()) {
            ofConnection.remove(feed.room(), subscription);
            return null;
        }
        if (before != null) {
            feed.detach(before);
        }
        return new Attached(feed, subscription, from.getAsLong());
    }

    /** Ends a connection's subscription to a room; does nothing if there is none. */
    void detach(Connection connection, String room) {
        Subscription subscription = connection.subscriptions().remove(room);
        if (subscription != null) {
            feeds.computeIfPresent(room, (id, feed) -> {
                feed.detach(subscription);
                return feed.isIdle() ? null : feed;
            });
        }
    }

    /** Broadcasts an ephemeral event to the subscriptions of a room that pass the test. */
    void broadcast(String room, Event event, Predicate<Subscription> to) {
        Feed feed = feeds.get(room);
        if (feed != null) {
            feed.broadcast(Codec.encode(event), to);
        }
    }

    /** Counts the deliveries of a decision, and drops the feed if it has no subscription left. */
    void settle(Feed feed, Feed.Outcome outcome) {
        deliveries.add(outcome.deliveries());
        if (outcome.idle()) {
            feeds.computeIfPresent(feed.room(), (room, there) -> there == feed && feed.isIdle() ? null : there);
        }
    }
}
