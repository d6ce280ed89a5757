package parley.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parley.settings.Settings;

/**
 * The revocations that this instance knows of: all that the database held when it was last looked at. They are asked
 * about with every token and go on to hold while the database is away. Safe for every thread; never waits.
 */
@ApplicationScoped
public class Revocations {

    /** By token id and session id, until when they are kept; by user, the latest moment. In milliseconds since 1970. */
    private final Map<String, Long> tokens = new ConcurrentHashMap<>();
    private final Map<String, Long> sessions = new ConcurrentHashMap<>();
    private final Map<String, Long> users = new ConcurrentHashMap<>();
    private final Map<String, Long> sidless = new ConcurrentHashMap<>();

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
    public boolean hit(Caller caller) {
        long issued = caller.issued().toEpochMilli();
        return tokens.containsKey(caller.jti()) || sessions.containsKey(caller.sid())
                || users.getOrDefault(caller.id(), Long.MIN_VALUE) >= issued
                || caller.sid().isEmpty() && sidless.getOrDefault(caller.id(), Long.MIN_VALUE) >= issued;
    }

    /** Whether no more can be kept. */
    boolean isFull() {
        return tokens.size() + sessions.size() + users.size() + sidless.size() >= most;
    }

    /** Whether revoking these as of a moment would change nothing. */
    boolean knows(Revocation.Target target, Instant at) {
        String subject = target.subject();
        return switch (target.kind()) {
            case JTI -> tokens.containsKey(subject);
            case SID -> sessions.containsKey(subject);
            case USER -> users.getOrDefault(subject, Long.MIN_VALUE) >= at.toEpochMilli();
            case SIDLESS -> sidless.getOrDefault(subject, Long.MIN_VALUE) >= at.toEpochMilli();
        };
    }

    /** Takes these in, and lets go of those that hit nothing any more. */
    void take(List<Revocation> revocations, Instant now) {
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
