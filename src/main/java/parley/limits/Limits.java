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
 * What a user and an address may use, and what they have used. Each question is answered at once, with nothing or with
 * why not and after how long it is worth asking again. Where {@code parley.limits} is off, nothing is ever refused. Safe
 * for every thread.
 */
@ApplicationScoped
public class Limits {

    /** After how many milliseconds it is worth trying again where there are too many connections. */
    public static final long CROWDED_MILLIS = 5_000;

    private final Map<Limit, Buckets> rates = new EnumMap<>(Limit.class);
    private final Map<Limit, ConnectionCounts> occupancies = new EnumMap<>(Limit.class);
    private boolean on;
    private Buckets patience;
    private LimitMetrics metrics;

    /** For the container's proxy. */
    protected Limits() {
    }

    @Inject
    public Limits(Settings settings, Metrics figures) {
        Settings.UserLimits user = settings.limits().user();
        Settings.AddressLimits address = settings.limits().address();
        on = settings.limits().on();
        int most = settings.limits().kept();
        rates.put(Limit.HANDSHAKES, new Buckets(address.handshakes(), most));
        rates.put(Limit.COMMANDS, new Buckets(user.commands(), most));
        rates.put(Limit.USER_CALLS, new Buckets(user.calls(), most));
        rates.put(Limit.ADDRESS_CALLS, new Buckets(address.calls(), most));
        patience = new Buckets(user.refusals(), most);
        occupancies.put(Limit.USER_CONNECTIONS, new ConnectionCounts(user.connections()));
        occupancies.put(Limit.ADDRESS_CONNECTIONS, new ConnectionCounts(address.connections()));
        metrics = new LimitMetrics(figures);
    }

    /** Why this address may not try to connect now, if that is so. Counts as a try. */
    public Optional<Problem> handshake(String address) {
        String network = Addresses.network(address);
        Optional<Problem> tooMany = take(Limit.HANDSHAKES, network, 1, "Too many handshakes come from this address.");
        return tooMany.isPresent() ? tooMany : place(Limit.ADDRESS_CONNECTIONS, network, "There are too many connections from this address.");
    }

    /** Why this user may not have a further connection now, if that is so. */
    public Optional<Problem> connecting(String user) {
        return place(Limit.USER_CONNECTIONS, user, "You have too many connections.");
    }

    /**
     * Counts a connection that is open; answers whether it may stay: others may have come since {@link #handshake} and
     * {@link #connecting}. Whatever the answer, {@link #leaves} is to be called once.
     */
    public boolean enters(String user, String address) {
        boolean asUser = enters(Limit.USER_CONNECTIONS, user);
        return enters(Limit.ADDRESS_CONNECTIONS, Addresses.network(address)) && asUser;
    }

    /** Uncounts a connection. */
    public void leaves(String user, String address) {
        occupancies.get(Limit.USER_CONNECTIONS).leaves(user);
        occupancies.get(Limit.ADDRESS_CONNECTIONS).leaves(Addresses.network(address));
    }

    /** Why this command is not done now, if that is so. */
    public Optional<Problem> command(String user, Command command) {
        return take(Limit.COMMANDS, user, CommandCosts.of(command), "Too many commands come from you.");
    }

    /** Counts a command of this user's that was refused; whether there were so many that nobody listens to what was said. */
    public boolean floods(String user) {
        return on && patience.take(user, 1) > 0;
    }

    /** Why a call over HTTP from this address is not done now, if that is so. */
    public Optional<Problem> callFrom(String address) {
        return take(Limit.ADDRESS_CALLS, Addresses.network(address), 1, "Too many calls come from this address.");
    }

    /** Why a call of this user over HTTP is not done now, if that is so. */
    public Optional<Problem> callBy(String user) {
        return take(Limit.USER_CALLS, user, 1, "Too many calls come from you.");
    }

    /** What is to be told to the other instances; to be asked by one thread, twice a second. */
    public List<Usage> shares() {
        List<Usage> shares = new ArrayList<>();
        if (on) {
            rates.forEach((limit, buckets) -> shares.add(new Usage(limit, buckets.taken())));
            occupancies.forEach((limit, connectionCounts) -> shares.add(new Usage(limit, connectionCounts.open())));
            shares.removeIf(share -> share.used().isEmpty());
        }
        return shares;
    }

    /** Counts in what another instance told. */
    public void elsewhere(String node, Usage share) {
        if (rates.containsKey(share.limit())) {
            share.used().forEach(rates.get(share.limit())::charge);
        } else {
            occupancies.get(share.limit()).elsewhere(node, share.used());
        }
    }

    /** Another instance is no more, and its connections with it. */
    public void gone(String node) {
        occupancies.values().forEach(connectionCounts -> connectionCounts.gone(node));
    }

    private Optional<Problem> take(Limit limit, String of, int units, String refusal) {
        long wait = on ? rates.get(limit).take(of, units) : 0;
        return wait == 0 ? Optional.empty() : refused(limit, refusal, 1 + TimeUnit.NANOSECONDS.toMillis(wait));
    }

    private Optional<Problem> place(Limit limit, String of, String refusal) {
        return on && occupancies.get(limit).isFull(of) ? refused(limit, refusal, CROWDED_MILLIS) : Optional.empty();
    }

    private boolean enters(Limit limit, String of) {
        boolean stays = occupancies.get(limit).enters(of) || !on;
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
