package parley.bot;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import parley.health.Started;
import parley.identity.BotTokens;
import parley.identity.Service;
import parley.sql.Followed;
import parley.threads.ManagedThreads;
import parley.watch.Watchers;

/**
 * Follows the tokens of bots, and writes every two seconds how often they were used, and which bots watch here; sooner if
 * another bot does. Without the database, the known tokens apply.
 */
@ApplicationScoped
class BotWatch implements Followed {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration WRITE = Duration.ofSeconds(2);
    /** A bot that no instance has seen for this long is away: longer than two writes. */
    static final Duration AWAY = Duration.ofSeconds(6);

    @Inject
    private ManagedThreads managed;
    @Inject
    private BotTables tables;
    @Inject
    private BotTokens tokens;
    @Inject
    private Watchers watchers;

    private boolean isStarted;
    // Guarded by this.
    private long position = -1;
    // Used by one thread.
    private Set<String> written = Set.of();
    private Instant writtenAt = Instant.MIN;

    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        if (!isStarted) {
            isStarted = true;
            managed.repeat("uses of bots", LOOK, this::look);
        }
    }

    @Override
    public String headQuery() {
        return BotTables.HEAD;
    }

    /** Takes over a change of this instance. */
    void catchUp() {
        catchUp(tables.head());
    }

    @Override
    public synchronized void catchUp(long head) {
        if (head != position) {
            tokens.replace(tables.callers());
            position = head;
        }
    }

    private void look() {
        Instant now = Instant.now();
        Set<String> watching = tokens.bots().stream().filter(watchers::isWatching).map(Service::idOf).collect(Collectors.toSet());
        // People on other instances can call a bot as soon as it is written that it watches.
        if (!written.containsAll(watching) || writtenAt.isBefore(now.minus(WRITE))) {
            write(watching, now);
            written = watching;
            writtenAt = now;
        }
    }

    private void write(Set<String> watching, Instant now) {
        Map<String, BotTokens.Use> uses = tokens.takeUses();
        if (uses.isEmpty() && watching.isEmpty()) {
            return;
        }
        try {
            tables.used(uses, watching, now);
        } catch (RuntimeException away) {
            tokens.putBack(uses);
            throw away;
        }
    }
}
