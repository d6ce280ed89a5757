package parley.socket;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.Connection;
import parley.hub.Connections;
import parley.hub.Wire;
import parley.identity.Caller;
import parley.limits.Addresses;
import parley.limits.Limits;
import parley.protocol.Inbound;
import parley.protocol.Problem;
import parley.stomp.StompHost;
import parley.stomp.StompSocket;
import parley.threads.ManagedThreads;

/**
 * Admits STOMP clients, whose token comes in the first frame. The WebSockets without a caller are bounded: in their number for an address
 * and for this instance, beyond which the handshake refuses more, and in time.
 */
@ApplicationScoped
class StompAdmission implements StompHost {

    /** The most WebSockets from an address that have no caller yet. */
    static final int MOST_OF_ADDRESS = 100;
    /** The most WebSockets of this instance that have no caller yet. */
    static final int MOST = 1_000;

    private static final Logger LOG = Logger.getLogger(StompAdmission.class.getName());
    private static final Duration SWEEP = Duration.ofMillis(250);
    private static final int THREADS = 2;

    private final Set<StompSocket> sockets = ConcurrentHashMap.newKeySet();
    /** The sockets without a caller. */
    private final Set<StompSocket> waiting = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> waitingFrom = new ConcurrentHashMap<>();

    private Admission admission;
    private Connections connections;
    private FrameRouter router;
    private ExecutorService threads;

    /** For the container's proxy. */
    protected StompAdmission() {
    }

    @Inject
    StompAdmission(Admission admission, Connections connections, FrameRouter router, ManagedThreads managed) {
        this.admission = admission;
        this.connections = connections;
        this.router = router;
        threads = managed.pool("stomp", THREADS, MOST);
        managed.repeat("stomp", SWEEP, this::sweep);
    }

    /** Refuses a further WebSocket if too many of its address, or of this instance, have no caller yet. */
    Optional<Admission.Refusal> refusal(String address) {
        if (waiting.size() >= MOST || waitingFrom.getOrDefault(Addresses.network(address), 0) >= MOST_OF_ADDRESS) {
            return Optional.of(new Admission.Refusal(
                    Problem.rateLimited("Too many connections have not sent a valid CONNECT.", Limits.CROWDED_MILLIS)));
        }
        return Optional.empty();
    }

    /** A WebSocket has opened. */
    StompSocket enter(CallerPrincipal principal, Wire wire) {
        StompSocket socket = new StompSocket(this, wire, Optional.ofNullable(principal.caller()), principal.address());
        sockets.add(socket);
        if (principal.caller() == null) {
            waiting.add(socket);
            waitingFrom.merge(Addresses.network(socket.address()), 1, Integer::sum);
        }
        return socket;
    }

    @Override
    public CompletableFuture<Entry> admit(String token, String address) {
        try {
            return CompletableFuture.supplyAsync(() -> admitNow(token, address), threads).exceptionally(failed -> {
                LOG.log(Level.WARNING, "A token could not be checked; the client gets unavailable", failed);
                return refused(Problem.unavailable("The token can't be checked now."));
            });
        } catch (RejectedExecutionException tooMany) {
            return CompletableFuture.completedFuture(refused(Problem.unavailable("Too many tokens are waiting for a check.")));
        }
    }

    private Entry admitNow(String token, String address) {
        if (connections.isFull()) {
            return refused(Problem.rateLimited("This instance has too many connections.", Limits.CROWDED_MILLIS));
        }
        return switch (admission.admit(Optional.of(token), Optional.empty())) {
            case Admission.Admitted admitted -> new Entry(Optional.of(admitted.caller()), Optional.empty());
            case Admission.Refusal refusal -> {
                admission.refuse(address, refusal);
                yield refused(refusal.problem());
            }
        };
    }

    private static Entry refused(Problem problem) {
        return new Entry(Optional.empty(), Optional.of(problem));
    }

    @Override
    public Connection open(Caller caller, String address, Wire wire) {
        return connections.open(UUID.randomUUID().toString(), caller, address, wire);
    }

    @Override
    public void route(Connection connection, Inbound frame) {
        router.route(connection, frame);
    }

    @Override
    public void closed(Connection connection) {
        connections.closed(connection);
    }

    @Override
    public void identified(StompSocket socket) {
        if (waiting.remove(socket)) {
            waitingFrom.computeIfPresent(Addresses.network(socket.address()), (network, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    public void ended(StompSocket socket) {
        identified(socket);
        sockets.remove(socket);
    }

    private void sweep() {
        long now = System.nanoTime();
        sockets.forEach(socket -> socket.sweep(now));
    }

    @PreDestroy
    void stop() {
        sockets.forEach(StompSocket::stop);
        threads.shutdownNow();
    }
}
