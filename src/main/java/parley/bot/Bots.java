package parley.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import parley.audit.AuditEvent;
import parley.identity.BotTokens;
import parley.identity.Caller;
import parley.identity.Scope;
import parley.people.SignIns;
import parley.protocol.Problem;
import parley.protocol.User;

/**
 * What administrators do with bots. Each call waits for the database; a change holds on this instance when it returns, and on the others
 * within about a second.
 */
@ApplicationScoped
public class Bots {

    /** The most bots. */
    public static final int MOST = 1_000;
    /** The most tokens of a bot. */
    public static final int MOST_TOKENS = 10;
    /** The longest life of a token. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(366);

    private static final int SECRET_BYTES = 32;

    @Inject
    private BotTables tables;
    @Inject
    private BotChanges changes;
    @Inject
    private BotWatch watch;
    @Inject
    private SignIns signIns;

    private final SecureRandom random = new SecureRandom();

    /** Who asks, and from which address, for the audit. */
    public record By(String user, String address) {

        AuditEvent did(Instant now, String action, String bot, String detail) {
            return new AuditEvent(now, action, user, Bot.user(bot), null, address, detail, 1);
        }
    }

    /** What administrators say about a bot. */
    public record Profile(String name, Optional<String> picture, String description) {}

    /** A new token, which is shown once. */
    public record Issued(Bot.Token token, String secret) {}

    /** What came of a request. */
    public sealed interface Outcome<T> {

        /** It was done. */
        record Done<T>(T value) implements Outcome<T> {}

        /** It was refused. */
        record Refused<T>(Problem problem) implements Outcome<T> {}
    }

    /** Up to {@code limit} bots after an id, by id. */
    public List<Bot> list(String after, int limit) {
        return tables.list(after, limit);
    }

    /** Makes a bot, which then is in the directory. An id is used once, also after the bot was deleted. */
    public Outcome<Bot> create(String id, Profile profile, By by) {
        Instant now = Instant.now();
        Bot bot = new Bot(id, profile.name, profile.picture, profile.description, now, by.user, Optional.empty(), List.of());
        Optional<Problem> refused = changes.create(bot, by.did(now, "bot.created", id, profile.name));
        if (refused.isPresent()) {
            return new Outcome.Refused<>(refused.get());
        }
        enters(bot, now);
        return new Outcome.Done<>(bot);
    }

    /** Changes the name, the picture and the description of a bot. */
    public Optional<Problem> change(String id, Profile profile, By by) {
        Instant now = Instant.now();
        Bot bot = new Bot(id, profile.name, profile.picture, profile.description, now, by.user, Optional.empty(), List.of());
        Optional<Problem> refused = changes.change(bot, by.did(now, "bot.changed", id, profile.name));
        if (refused.isEmpty()) {
            enters(bot, now);
            watch.catchUp();
        }
        return refused;
    }

    /** Deletes a bot: its tokens end, and its slash commands. Its messages stay. */
    public Optional<Problem> delete(String id, By by) {
        Instant now = Instant.now();
        Optional<Problem> refused = changes.delete(id, now, by.did(now, "bot.deleted", id, null));
        watch.catchUp();
        return refused;
    }

    /**
     * Makes a token for a bot.
     *
     * @param name what administrators call it
     * @param life at most {@link #LONGEST_LIFE}
     */
    public Outcome<Issued> issue(String id, String name, Set<Scope> scopes, Duration life, By by) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = BotTokens.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Bot.Token token = new Bot.Token(UUID.randomUUID().toString(), name, scopes, now, by.user, now.plus(life), Optional.empty(), 0);
        Optional<Problem> refused = changes.issue(id, token, BotTokens.hash(secret),
                by.did(now, "bot.token.created", id, token.id() + " " + scopes));
        if (refused.isPresent()) {
            return new Outcome.Refused<>(refused.get());
        }
        watch.catchUp();
        return new Outcome.Done<>(new Issued(token, secret));
    }

    /** Revokes a token. Its connections end at once on this instance, and on the others within about a second. */
    public Optional<Problem> revoke(String id, String token, By by) {
        Optional<Problem> refused = changes.revoke(id, token, by.did(Instant.now(), "bot.token.revoked", id, token));
        watch.catchUp();
        return refused;
    }

    // The directory has its name and picture, so that people find it, mention it and invite it.
    private void enters(Bot bot, Instant now) {
        signIns.write(new Caller(new User(Bot.user(bot.id()), bot.name()), Set.of(), now, now, "", "", bot.picture(), Optional.empty()));
    }
}
