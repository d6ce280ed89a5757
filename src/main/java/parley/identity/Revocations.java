package parley.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import parley.settings.Settings;

/**
 * This instance's copy of the stored revocations, as of the last read. Every token is checked against it, also while the database is
 * not available. Safe for every thread; never waits.
 */
@ApplicationScoped
public class Revocations {

    /** Token and session ids map to the end of storage, user ids to the latest time of revocation. In milliseconds since 1970. */
    private final Map<String, Long> tokens = new ConcurrentHashMap<>();
    private final Map<String, Long> sessions = new ConcurrentHashMap<>();
    private final Map<String, Long> users = new ConcurrentHashMap<>();
    private final Map<String, Long> sidless = new ConcurrentHashMap<>();

    /** The ids of the tokens of bots that are not revoked. They may have expired. */
    private volatile Set<String> bots = Set.of();

    private long longestToken;
    private int most;

    /** For the container's proxy. */
    protected Revocations() {
    }

    @Inject
    public Revocations(Settings settings) {
        longestToken = settings.tokens().longestLife().toMillis();
        most = settings.tokens().revocations();
    }

    /** Whether this caller's token is revoked. */
    public boolean isRevoked(Caller caller) {
        // Tokens of bots last longer than a revocation is stored.
        if (caller.isBot()) {
            return !bots.contains(caller.jti());
        }
        long issued = caller.issued().toEpochMilli();
        return tokens.containsKey(caller.jti()) || sessions.containsKey(caller.sid())
                || users.getOrDefault(caller.id(), Long.MIN_VALUE) >= issued
                || caller.sid().isEmpty() && sidless.getOrDefault(caller.id(), Long.MIN_VALUE) >= issued;
    }

    /** From now on, these are the ids of the tokens of bots that are valid. */
    void bots(Set<String> valid) {
        bots = valid;
    }

    /** Whether the bound of stored revocations is reached. */
    boolean isFull() {
        return tokens.size() + sessions.size() + users.size() + sidless.size() >= most;
    }

    /** Whether these tokens are already revoked as of this time. */
    boolean covers(Revocation.Target target, Instant at) {
        String subject = target.subject();
        return switch (target.kind()) {
            case JTI -> tokens.containsKey(subject);
            case SID -> sessions.containsKey(subject);
            case USER -> users.getOrDefault(subject, Long.MIN_VALUE) >= at.toEpochMilli();
            case SIDLESS -> sidless.getOrDefault(subject, Long.MIN_VALUE) >= at.toEpochMilli();
        };
    }

    /** Adds these, and removes those whose tokens have all expired. */
    void add(List<Revocation> revocations, Instant now) {
        for (Revocation revocation : revocations) {
            String subject = revocation.target().subject();
            long at = revocation.at().toEpochMilli();
            long until = revocation.until().toEpochMilli();
            switch (revocation.target().kind()) {
                case JTI -> tokens.merge(subject, until, Math::max);
                case SID -> sessions.merge(subject, until, Math::max);
                case USER -> users.merge(subject, at, Math::max);
                case SIDLESS -> sidless.merge(subject, at, Math::max);
            }
        }
        long time = now.toEpochMilli();
        tokens.values().removeIf(until -> until < time);
        sessions.values().removeIf(until -> until < time);
        users.values().removeIf(at -> at + longestToken < time);
        sidless.values().removeIf(at -> at + longestToken < time);
    }
}
