package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.logging.Logger;
import parley.feature.Features;
import parley.feature.FeaturesChanged;
import parley.identity.Caller;
import parley.identity.Revocations;
import parley.identity.Revoked;
import parley.limits.Limits;
import parley.metrics.Metrics;
import parley.people.Access;
import parley.people.AccessEnded;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Event;
import parley.protocol.Feature;
import parley.protocol.User;
import parley.room.RetentionLimits;
import parley.settings.Settings;
import parley.threads.ManagedThreads;
import parley.threads.Unattended;

/** The open connections of this instance, by session. Safe for every thread; never waits for a client. */
@ApplicationScoped
public class Connections {

    private static final Logger LOG = Logger.getLogger(Connections.class.getName());

    private final Map<String, Connection> bySession = new ConcurrentHashMap<>();

    private Settings settings;
    private Limits limits;
    private Revocations revocations;
    private Access access;
    private Features features;
    private Feeds feeds;
    private Flushers flushers;
    private Replaying replaying;
    private ConnectionMetrics metrics;
    private jakarta.enterprise.event.Event<ConnectionGone> ends;
    /** During a graceful shutdown: the window in which clients reconnect. Null otherwise. */
    private volatile Duration shutdownWindow;

    /** For the container's proxy. */
    protected Connections() {
    }

    @Inject
    Connections(Settings settings, Limits limits, Revocations revocations, Access access, Features features, Feeds feeds, Flushers flushers,
                Replaying replaying, ManagedThreads managed, Metrics registry, jakarta.enterprise.event.Event<ConnectionGone> ends) {
        this.ends = ends;
        this.settings = settings;
        this.limits = limits;
        this.revocations = revocations;
        this.access = access;
        this.features = features;
        this.feeds = feeds;
        this.flushers = flushers;
        this.replaying = replaying;
        metrics = new ConnectionMetrics(registry, bySession.values());
        managed.repeat("connections", ConnectionSweep.EVERY, new ConnectionSweep(bySession.values(), settings));
    }

    /** Whether this instance has reached its maximum number of connections. */
    public boolean isFull() {
        return bySession.size() >= settings.connections().most();
    }

    /** The ids of the people who have a connection to this instance. */
    public Set<String> people() {
        Set<String> people = new HashSet<>();
        bySession.values().forEach(connection -> people.add(connection.caller().id()));
        return people;
    }

    /** Tells the person and the kind of the wire of each open connection. */
    public void forEach(BiConsumer<User, String> told) {
        bySession.values().forEach(connection -> told.accept(connection.caller().user(), connection.kind()));
    }

    /** Opens a connection and sends {@code hello}; closes it instead if there are too many connections or a shutdown began. */
    public Connection open(String session, Caller caller, String address, Wire wire) {
        Connection connection = new Connection(session, caller, address, wire, flushers.of(session), settings.outbox().bytes(),
                wire.answersPings() ? Heartbeat.begin(settings.heartbeat().interval()) : Heartbeat.oneWay(System.nanoTime()),
                replaying::start, metrics);
        bySession.put(session, connection);
        connection.begin();
        if (!limits.enters(caller.id(), address)) {
            connection.close(CloseCode.CROWDED, "too many connections");
            return connection;
        }
        Duration window = shutdownWindow;
        if (window != null) {
            // The handshake was accepted before the shutdown began.
            connection.sendAway(ThreadLocalRandom.current().nextLong(window.toMillis() + 1));
            return connection;
        }
        // Of the setting: while the connection is open, the feature may be switched on again.
        boolean files = features.isAllowed(Feature.FILES);
        connection.say(new Event.Hello(session, caller.user(), settings.instance().name(), settings.instance().build(),
                settings.heartbeat().interval().toMillis(), Instant.now(), caller.expires(), features.on(),
                new Event.Limits(Codec.LARGEST_FRAME, Codec.LONGEST_TEXT, settings.connections().subscriptions(),
                        settings.messages().editable().map(Duration::toSeconds).orElse(0L),
                        files ? settings.files().most() : 0, files ? settings.files().perMessage() : 0, kept())));
        closeIfRevoked(connection);
        return connection;
    }

    private Event.Kept kept() {
        RetentionLimits kept = RetentionLimits.of(settings.retention().kept());
        return new Event.Kept(kept.standard(), kept.floor(), kept.ceiling());
    }

    /** Releases a connection that has ended. */
    public void closed(Connection connection) {
        boolean first = bySession.remove(connection.session(), connection);
        if (first) {
            limits.leaves(connection.caller().id(), connection.address());
        }
        connection.gone();
        if (first) {
            ends.fire(new ConnectionGone(connection));
        }
        Unattended.log(connection.inTurn(() -> {
            connection.subscriptions().rooms().forEach(room -> feeds.detach(connection, room));
            return CompletableFuture.completedFuture(null);
        }), LOG, "The subscriptions of a closed connection could not be ended");
    }

    /** Whether a connection is still registered here. */
    boolean isOpen(Connection connection) {
        return bySession.get(connection.session()) == connection;
    }

    /** Closes the connections whose token was revoked. Opening a connection and refreshing its token check this too. */
    void revoked(@Observes Revoked revoked) {
        bySession.values().forEach(this::closeIfRevoked);
    }

    /** Closes the connections of people whose access ended. Opening a connection and refreshing its token check this too. */
    void accessEnded(@Observes AccessEnded ended) {
        bySession.values().forEach(this::closeIfRevoked);
    }

    /** Sends to all connections which features are on now. */
    void featuresChanged(@Observes FeaturesChanged changed) {
        bySession.values().forEach(connection -> connection.say(new Event.FeaturesOn(changed.on())));
    }

    void closeIfRevoked(Connection connection) {
        if (revocations.isRevoked(connection.caller())) {
            connection.signOut("the token was revoked");
        } else if (access.refusal(connection.caller().id()).isPresent()) {
            connection.signOut("an administrator ended the access");
        }
    }

    /**
     * Closes every connection and tells each client how long to wait before it reconnects; the delays are spread evenly over the window.
     * Returns the number of connections. Until {@link #reopen}, a connection that opens later is also closed and gets a delay.
     */
    int sendAway(Duration window) {
        shutdownWindow = window;
        List<Connection> all = List.copyOf(bySession.values());
        for (int i = 0; i < all.size(); i++) {
            all.get(i).sendAway(window.toMillis() * (i + 1) / all.size());
        }
        return all.size();
    }

    /** Accepts connections again. */
    void reopen() {
        shutdownWindow = null;
    }

    boolean isEmpty() {
        return bySession.isEmpty();
    }

    /** Ends the remaining connections without a close frame. */
    void abort() {
        bySession.values().forEach(Connection::lost);
    }
}
