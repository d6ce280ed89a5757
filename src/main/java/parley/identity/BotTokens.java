package parley.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import parley.protocol.Sha256;

/**
 * This instance's copy of the tokens of bots, as of the last read. Every token of a bot is checked against it, also while the database is
 * not available. It knows only hashes. Package {@code bot} feeds it. Safe for every thread; never waits.
 */
@ApplicationScoped
public class BotTokens {

    /** How every token of a bot begins, so that people and scanners of secrets recognize it. A JWT can't begin so. */
    public static final String PREFIX = "parley_bot_";

    private Revocations revocations;
    private Event<Revoked> revoked;

    /** By the hash of the token. */
    private volatile Map<String, Caller> known = Map.of();
    /** By the id of the token. */
    private final Map<String, Use> uses = new ConcurrentHashMap<>();

    /** How often a token was used since the last {@link #takeUses}, and when it was used last. */
    public record Use(long times, Instant last) {}

    /** For the container's proxy. */
    protected BotTokens() {
    }

    @Inject
    public BotTokens(Revocations revocations, Event<Revoked> revoked) {
        this.revocations = revocations;
        this.revoked = revoked;
    }

    /** Whether this is the token of a bot, valid or not. */
    static boolean isOne(String token) {
        return token.startsWith(PREFIX);
    }

    /** What is stored of a token. */
    public static String hash(String token) {
        return Sha256.hex(token);
    }

    Authentication verify(String token, Instant now) {
        Caller caller = known.get(hash(token));
        if (caller == null) {
            return new Authentication.Denied(SignInRefusal.INVALID, "no such token of a bot");
        }
        if (!caller.expires().isAfter(now)) {
            return new Authentication.Denied(SignInRefusal.EXPIRED, "the token of a bot has expired");
        }
        if (revocations.isRevoked(caller)) {
            return new Authentication.Denied(SignInRefusal.REVOKED, "revoked");
        }
        uses.merge(caller.jti(), new Use(1, now), (before, one) -> new Use(before.times + 1, now));
        return new Authentication.Granted(caller);
    }

    /** Replaces the copy: the callers by the hashes of their tokens. Connections of tokens that are gone end. */
    public void replace(Map<String, Caller> tokens) {
        known = new HashMap<>(tokens);
        revocations.bots(tokens.values().stream().map(Caller::jti).collect(Collectors.toUnmodifiableSet()));
        revoked.fire(new Revoked());
    }

    /** The uses by the id of the token, once. */
    public Map<String, Use> takeUses() {
        Map<String, Use> taken = new HashMap<>();
        for (String id : List.copyOf(uses.keySet())) {
            Use use = uses.remove(id);
            if (use != null) {
                taken.put(id, use);
            }
        }
        return taken;
    }

    /** Takes back uses that could not be stored. */
    public void putBack(Map<String, Use> taken) {
        taken.forEach((id, use) -> uses.merge(id, use, (there, late) -> new Use(there.times + late.times, there.last)));
    }

    /** The ids of the bots that have a token. */
    public Collection<String> bots() {
        return known.values().stream().map(Caller::id).collect(Collectors.toUnmodifiableSet());
    }
}
