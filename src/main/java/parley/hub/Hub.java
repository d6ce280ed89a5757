package parley.hub;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import parley.identity.Caller;
import parley.identity.Revocations;
import parley.identity.Revoked;
import parley.journal.Committed;
import parley.journal.EpochRenewed;
import parley.journal.Following;
import parley.journal.LoggedFrame;
import parley.journal.RoomLog;
import parley.journal.Views;
import parley.limits.Limits;
import parley.metrics.Metrics;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.ErrorCode;
import parley.protocol.Event;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Position;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.settings.Settings;
import parley.threads.ManagedThreads;
import parley.threads.PeriodicTask;
import parley.threads.ReaderPool;

/** The connections of this instance and the feeds of their rooms. Safe for every thread; never waits for a client. */
@ApplicationScoped
public class Hub {

    private static final Logger LOG = Logger.getLogger(Hub.class.getName());
    private static final long LONGEST_STOP = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final Duration PRESENCE_EVERY = Duration.ofMillis(250);
    private static final int HEADS_AT_ONCE = 500;

    private final Map<String, Connection> connections = new ConcurrentHashMap<>();
    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();

    private Settings settings;
    private Views views;
    private RoomLog log;
    private ReaderPool readers;
    private Presence presence;
    private Following following;
    private jakarta.enterprise.event.Event<TypingChanged> typingChanged;
    private Limits limits;
    private HubMetrics metrics;
    private Revocations revocations;
    private Flushers flushers;
    private List<Thread> threads;
    /** During a graceful shutdown: the window in which clients reconnect. Null otherwise. */
    private volatile Duration sendingAway;

    /** For the container's proxy. */
    protected Hub() {
    }

    @Inject
    Hub(Settings settings, Views views, RoomLog log, ReaderPool readers, Presence presence, Following following,
        jakarta.enterprise.event.Event<TypingChanged> typingChanged, Limits limits, ManagedThreads managed, Metrics figures,
        Revocations revocations) {
        this.settings = settings;
        this.views = views;
        this.log = log;
        this.readers = readers;
        this.presence = presence;
        this.following = following;
        this.typingChanged = typingChanged;
        this.revocations = revocations;
        this.limits = limits;
        this.metrics = new HubMetrics(figures, connections, feeds);
        flushers = new Flushers(settings.sockets().flushers(), metrics.delay()::recordNanos);
        ThreadFactory watches = managed.named("parley-watch");
        threads = Stream.concat(flushers.threads(managed.named("parley-flusher")).stream(), Stream.of(
                new PeriodicTask("connections", ConnectionSweep.EVERY, new ConnectionSweep(connections.values(), settings)),
                new PeriodicTask("presence", PRESENCE_EVERY, () -> presence.tick(this::tell)),
                new PeriodicTask("heads", settings.rooms().headsEvery(), this::lookAtHeads)).map(watches::newThread)).toList();
        threads.forEach(Thread::start);
    }

    /** Whether the instance has the maximum number of connections. */
    public boolean isCrowded() {
        return connections.size() >= settings.connections().most();
    }

    /** Opens a connection and sends {@code hello}, or closes it if the user or the address has too many. */
    public Connection open(String session, Caller caller, String address, Wire wire) {
        Connection connection = new Connection(session, caller, address, wire, flushers.of(session), settings.outbox().bytes(),
                Heartbeat.begin(settings.heartbeat().interval()), metrics);
        connections.put(session, connection);
        connection.begin();
        if (!limits.enters(caller.id(), address)) {
            connection.close(CloseCode.CROWDED, "too many connections");
            return connection;
        }
        Duration window = sendingAway;
        if (window != null) {
            // The handshake passed before the shutdown began.
            connection.sendAway(ThreadLocalRandom.current().nextLong(window.toMillis() + 1));
            return connection;
        }
        connection.say(new Event.Hello(session, caller.user(), settings.instance().name(), settings.instance().build(),
                settings.heartbeat().interval().toMillis(), caller.expires(),
                new Event.Limits(Codec.LARGEST_FRAME, Codec.LONGEST_TEXT, settings.connections().subscriptions())));
        endIfRevoked(connection);
        return connection;
    }

    /** Closes connections whose token was revoked. Connections that open or refresh at the same time check for themselves. */
    void endRevoked(@Observes Revoked revoked) {
        connections.values().forEach(this::endIfRevoked);
    }

    void endIfRevoked(Connection connection) {
        if (revocations.isRevoked(connection.caller())) {
            connection.signOut("the token was revoked");
        }
    }

    /** Releases a connection that has ended. */
    public void closed(Connection connection) {
        if (connections.remove(connection.session(), connection)) {
            limits.leaves(connection.caller().id(), connection.address());
        }
        connection.gone();
        connection.inTurn(() -> {
            connection.subscriptions().rooms().forEach(room -> detach(connection, room));
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Broadcasts to a room, on every instance, that a user is typing. The caller has checked that the user may. */
    public void typing(Connection from, String room, boolean on) {
        Event.Typing typing = new Event.Typing(room, from.caller().user(), on);
        broadcast(room, typing, from);
        typingChanged.fire(new TypingChanged(typing));
    }

    /** Someone types at another node. */
    public void typingElsewhere(Event.Typing typing) {
        broadcast(typing.room(), typing, null);
    }

    /**
     * Receives frames that another instance committed, in order without a gap. If they don't follow the position of the feed or
     * have another epoch, the log decides what is delivered.
     */
    public void arrived(String room, String epoch, List<LoggedFrame> frames) {
        Feed feed = feeds.get(room);
        if (isOfAnotherEpoch(room, feed, epoch)) {
            lookAtHead(room);
            return;
        }
        boolean whole = feed == null || deliver(room, feed, frames);
        if (!following.follow(room, epoch, frames) && feed != null && whole) {
            recheck(room, feed);
        }
    }

    private boolean isOfAnotherEpoch(String room, Feed feed, String epoch) {
        return feed != null && !feed.epoch().equals(epoch) || views.cached(room).filter(view -> !view.epoch().equals(epoch)).isPresent();
    }

    // Either epoch may be the older one. The log decides, and ends subscriptions to a replaced log.
    private void lookAtHead(String room) {
        views.doubt(room);
        readers.read(() -> following.heads(List.of(room))).thenAccept(heads -> heads.forEach(this::compare)).exceptionally(failed -> {
            LOG.log(Level.WARNING, "The head of a room's log could not be read; the next look at all heads reads it", failed);
            return null;
        });
    }

    private void tell(Event.Presence presence) {
        broadcast(presence.room(), presence, null);
    }

    private void broadcast(String room, Event event, Connection except) {
        Feed feed = feeds.get(room);
        if (feed != null) {
            feed.broadcast(Codec.encode(event), except);
        }
    }

    // Finds events that neither the local journal nor the bus delivered: compares the heads of all rooms that have subscribers.
    private void lookAtHeads() {
        Iterator<String> ids = List.copyOf(feeds.keySet()).iterator();
        while (ids.hasNext()) {
            List<String> some = new ArrayList<>(HEADS_AT_ONCE);
            while (ids.hasNext() && some.size() < HEADS_AT_ONCE) {
                some.add(ids.next());
            }
            following.heads(some).forEach(this::compare);
        }
    }

    private void compare(String room, Position head) {
        Feed feed = feeds.get(room);
        if (feed == null) {
            return;
        }
        if (!feed.epoch().equals(head.epoch())) {
            endSubscriptions(room);
        } else if (feed.isOverdue(head.offset())) {
            fill(room, feed);
        }
    }

    boolean hasPlaceFor(String room) {
        return feeds.size() < settings.rooms().listened() || feeds.containsKey(room);
    }

    boolean isOpen(Connection connection) {
        return connections.get(connection.session()) == connection;
    }

    /** Subscribes a connection to a room's feed, in place of its earlier subscription there. The new one holds events back. */
    Attached attach(Connection connection, RoomView view) {
        Subscription subscription = new Subscription(connection);
        Subscription before = connection.subscriptions().put(view.id(), subscription);
        long[] from = new long[1];
        Feed feed = feeds.compute(view.id(), (room, there) -> {
            Feed into = there != null ? there : new Feed(room, view.position(), presence, flushers);
            from[0] = into.attach(subscription);
            if (before != null) {
                into.detach(before);
            }
            return into;
        });
        // Events that were committed between reading the view and creating the feed would be missed.
        views.cached(view.id()).filter(now -> now.offset() > feed.position()).ifPresent(now -> fill(view.id(), feed));
        return new Attached(feed, subscription, from[0]);
    }

    /** A subscription that holds events back; it gets the events after {@code from}. */
    record Attached(Feed feed, Subscription subscription, long from) {}

    void detach(Connection connection, String room) {
        Subscription subscription = connection.subscriptions().remove(room);
        if (subscription != null) {
            feeds.computeIfPresent(room, (id, feed) -> {
                feed.detach(subscription);
                return feed.isEmpty() ? null : feed;
            });
        }
    }

    void deliver(@Observes Committed committed) {
        for (Committed.RoomBatch batch : committed.rooms()) {
            Feed feed = feeds.get(batch.view().id());
            if (feed == null) {
                continue;
            }
            if (committed.here()) {
                deliver(batch.view().id(), feed, batch.frames());
                endWithoutRights(batch, feed);
            } else {
                // It may be long ago, and much that was said since.
                endWithoutRights(batch, feed);
                deliver(batch.view().id(), feed, batch.frames());
            }
        }
    }

    void beginAnew(@Observes EpochRenewed renewed) {
        endSubscriptions(renewed.room());
    }

    private void endSubscriptions(String room) {
        Feed feed = feeds.remove(room);
        if (feed != null) {
            feed.all().forEach(subscription -> {
                feed.detach(subscription);
                subscription.connection().subscriptions().remove(room, subscription);
                subscription.connection().say(new Event.Unsubscribed(room, ErrorCode.GONE, true));
            });
        }
    }

    // Returns whether the frames follow the feed. If they don't, the missing ones are read, and rights are checked then.
    private boolean deliver(String room, Feed feed, List<LoggedFrame> frames) {
        if (feed.deliver(frames) == Feed.Delivery.HOLE) {
            fill(room, feed);
            return false;
        }
        metrics.delivered((long) frames.size() * feed.size());
        return true;
    }

    // Reads the missing events of a feed from the log. They may arrive in the meantime. If the log no longer holds them, the
    // subscriptions end and the clients reload.
    private void fill(String room, Feed feed) {
        long from = feed.position();
        readers.read(() -> missed(room, from)).thenAccept(missed -> {
            if (missed.isWhole()) {
                // A subscriber who lost the right to read in the meantime must not get these events.
                following.follow(room, feed.epoch(), missed.frames());
                recheck(room, feed).thenRun(() -> {
                    deliver(room, feed, missed.frames());
                    if (!missed.reachesHead()) {
                        views.doubt(room);
                        fill(room, feed);
                    }
                });
            } else if (feed.position() < missed.head()) {
                endSubscriptions(room);
            }
        }).exceptionally(failed -> {
            LOG.log(Level.WARNING, "Events of a room could not be read; they are tried again with the next ones", failed);
            recheck(room, feed);
            return null;
        });
    }

    /** The events of a log after an offset, at least up to an earlier head. */
    private record Missed(long from, long head, List<LoggedFrame> frames) {

        boolean isWhole() {
            return frames.isEmpty() ? head <= from
                    : frames.getFirst().offset() == from + 1 && frames.getLast().offset() == from + frames.size();
        }

        boolean reachesHead() {
            return from + frames.size() >= head;
        }
    }

    private Missed missed(String room, long from) {
        Position head = following.heads(List.of(room)).get(room);
        return new Missed(from, head == null ? Long.MAX_VALUE : head.offset(), log.after(room, from));
    }

    private void endWithoutRights(Committed.RoomBatch batch, Feed feed) {
        for (RoomEvent event : batch.events()) {
            switch (event.change()) {
                case MemberChange change -> endAfter(event, change, feed);
                case RoomChange.Closed closed -> recheck(event.room(), feed);
                case RoomChange.Updated updated -> { }
                case MessageChange message -> { }
            }
        }
    }

    private void endAfter(RoomEvent event, MemberChange change, Feed feed) {
        switch (change) {
            case MemberChange.Left left -> {
                String user = left.user().id();
                // A removed user has to subscribe again, even to a public room.
                if (!event.by().id().equals(user)) {
                    feed.of(user).forEach(subscription -> end(event.room(), subscription, ErrorCode.FORBIDDEN));
                }
                recheck(event.room(), feed);
            }
            case MemberChange.RoleChanged changed -> recheck(event.room(), feed);
            case MemberChange.Joined joined -> { }
            case MemberChange.Muted muted -> { }
            case MemberChange.Unmuted unmuted -> { }
        }
    }

    private void end(String room, Subscription subscription, ErrorCode why) {
        detach(subscription.connection(), room);
        subscription.connection().say(new Event.Unsubscribed(room, why, false));
    }

    // Ends subscriptions of users who can't read the room now. The latest view decides, because a batch may arrive late.
    private CompletableFuture<Void> recheck(String room, Feed feed) {
        return views.of(room).thenAccept(view -> {
            ErrorCode why = view.filter(RoomView::closed).isPresent() ? ErrorCode.GONE : ErrorCode.FORBIDDEN;
            for (Subscription subscription : feed.all()) {
                if (view.filter(seen -> RoomPolicy.maySee(seen, subscription.user(), Instant.now())).isEmpty()) {
                    end(room, subscription, why);
                }
            }
        }).exceptionally(failed -> {
            LOG.log(Level.WARNING, "The rights of a room's subscribers could not be looked at; its subscriptions end", failed);
            endSubscriptions(room);
            return null;
        });
    }

    /**
     * Closes every connection and gives each client a delay before it reconnects, spread evenly over the window. Returns the number
     * of connections. Waits at most 2 s for them to close and cuts the rest. A handshake that completes later is closed the same way,
     * until {@link #letIn}.
     */
    int sendAway(Duration window) {
        sendingAway = window;
        List<Connection> all = List.copyOf(connections.values());
        for (int i = 0; i < all.size(); i++) {
            all.get(i).sendAway(window.toMillis() * (i + 1) / all.size());
        }
        try {
            for (long end = System.nanoTime() + LONGEST_STOP; !connections.isEmpty() && System.nanoTime() < end;) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        connections.values().forEach(Connection::lost);
        return all.size();
    }

    /** Lets connections in again. */
    void letIn() {
        sendingAway = null;
    }

    @PreDestroy
    void stop() {
        threads.forEach(Thread::interrupt);
    }
}
