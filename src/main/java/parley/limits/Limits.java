package parley.limits;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parley.metrics.Metrics;
import parley.protocol.Command;
import parley.protocol.Problem;
import parley.settings.Settings;

/**
 * The limits of users and addresses, and what they have used. Each check answers at once: nothing, or a refusal that says when to try
 * again. If {@code parley.limits} is off, nothing is refused. Safe for every thread.
 */
@ApplicationScoped
public class Limits {

    /** After how many milliseconds to try again when there are too many connections. */
    public static final long CROWDED_MILLIS = 5_000;

    private final Map<Limit, Buckets> rates = new EnumMap<>(Limit.class);
    private final Map<Limit, ConnectionCounts> connections = new EnumMap<>(Limit.class);
    private boolean on;
    private Buckets refusals;
    private LimitMetrics metrics;

    /** For the container's proxy. */
    protected Limits() {
    }

    @Inject
    public Limits(Settings settings, Metrics registry) {
        Settings.UserLimits user = settings.limits().user();
        Settings.AddressLimits address = settings.limits().address();
        on = settings.limits().on();
        int most = settings.limits().kept();
        rates.put(Limit.HANDSHAKES, new Buckets(address.handshakes(), most, System::nanoTime));
        rates.put(Limit.COMMANDS, new Buckets(user.commands(), most, System::nanoTime));
        rates.put(Limit.USER_CALLS, new Buckets(user.calls(), most, System::nanoTime));
        rates.put(Limit.ADDRESS_CALLS, new Buckets(address.calls(), most, System::nanoTime));
        refusals = new Buckets(user.refusals(), most, System::nanoTime);
        connections.put(Limit.USER_CONNECTIONS, new ConnectionCounts(user.connections(), System::nanoTime));
        connections.put(Limit.ADDRESS_CONNECTIONS, new ConnectionCounts(address.connections(), System::nanoTime));
        metrics = new LimitMetrics(registry);
    }

    /** Counts a handshake from this address, and refuses it if there are too many handshakes or connections. */
    public Optional<Problem> handshake(String address) {
        String network = Addresses.network(address);
        Optional<Problem> tooMany = take(Limit.HANDSHAKES, network, 1, "Too many handshakes come from this address.");
        return tooMany.isPresent() ? tooMany : connectingFrom(address);
    }

    /** Refuses a further connection from this address if there are too many. Counts nothing. */
    public Optional<Problem> connectingFrom(String address) {
        return refusedIfFull(Limit.ADDRESS_CONNECTIONS, Addresses.network(address), "Too many connections come from this address.");
    }

    /** Refuses a further connection of this user if there are too many. Counts nothing. */
    public Optional<Problem> connecting(String user) {
        return refusedIfFull(Limit.USER_CONNECTIONS, user, "You have too many connections.");
    }

    /**
     * Counts an open connection and answers whether it may stay: others may have opened since {@link #handshake} and
     * {@link #connecting}. Call {@link #leaves} once in either case.
     */
    public boolean enters(String user, String address) {
        boolean asUser = enters(Limit.USER_CONNECTIONS, user);
        return enters(Limit.ADDRESS_CONNECTIONS, Addresses.network(address)) && asUser;
    }

    /** Counts a closed connection. */
    public void leaves(String user, String address) {
        connections.get(Limit.USER_CONNECTIONS).remove(user);
        connections.get(Limit.ADDRESS_CONNECTIONS).remove(Addresses.network(address));
    }

    /** Counts this command, and refuses it if the user sent too many. */
    public Optional<Problem> command(String user, Command command) {
        return take(Limit.COMMANDS, user, CommandCosts.of(command), "Too many commands come from you.");
    }

    /** Counts a refused command of this user, and answers whether the user goes on in spite of too many refusals. */
    public boolean floods(String user) {
        return on && refusals.take(user, 1) > 0;
    }

    /** Counts an HTTP call from this address, and refuses it if there are too many. */
    public Optional<Problem> callFrom(String address) {
        return take(Limit.ADDRESS_CALLS, Addresses.network(address), 1, "Too many calls come from this address.");
    }

    /** Counts an HTTP call of this user, and refuses it if there are too many. */
    public Optional<Problem> callBy(String user) {
        return take(Limit.USER_CALLS, user, 1, "Too many calls come from you.");
    }

    /** What this instance reports to the others. Call it from one thread, twice a second. */
    public List<Usage> report() {
        List<Usage> report = new ArrayList<>();
        if (on) {
            rates.forEach((limit, buckets) -> report.add(new Usage(limit, buckets.report())));
            connections.forEach((limit, counts) -> report.add(new Usage(limit, counts.report())));
            report.removeIf(usage -> usage.used().isEmpty());
        }
        return report;
    }

    /** Counts what another instance reported. */
    public void reported(String instance, Usage usage) {
        if (rates.containsKey(usage.limit())) {
            usage.used().forEach(rates.get(usage.limit())::charge);
        } else {
            connections.get(usage.limit()).reported(instance, usage.used());
        }
    }

    /** Another instance has stopped: its connections no longer count. */
    public void stopped(String instance) {
        connections.values().forEach(counts -> counts.stopped(instance));
    }

    private Optional<Problem> take(Limit limit, String key, int units, String refusal) {
        long wait = on ? rates.get(limit).take(key, units) : 0;
        return wait == 0 ? Optional.empty() : refused(limit, refusal, 1 + TimeUnit.NANOSECONDS.toMillis(wait));
    }

    private Optional<Problem> refusedIfFull(Limit limit, String key, String refusal) {
        return on && connections.get(limit).isFull(key) ? refused(limit, refusal, CROWDED_MILLIS) : Optional.empty();
    }

    private boolean enters(Limit limit, String key) {
        boolean stays = connections.get(limit).add(key) || !on;
        if (!stays) {
            metrics.refused(limit);
        }
        return stays;
    }

    private Optional<Problem> refused(Limit limit, String refusal, long retryMillis) {
        metrics.refused(limit);
        return Optional.of(Problem.rateLimited(refusal, retryMillis));
    }
}
