package parley.notify;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parley.feature.Features;
import parley.health.Started;
import parley.identity.Caller;
import parley.protocol.Feature;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Feeds table {@code mail_address} with the verified addresses of tokens, if mails are on. An address that comes while {@value
 * #MOST_WAITING} others wait is dropped; the person's next request brings it again. {@link #signedIn} never waits. Safe for every thread.
 */
@ApplicationScoped
public class MailAddresses {

    /** The most addresses that wait for a write. */
    static final int MOST_WAITING = 10_000;
    private static final int REMEMBERED = 50_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Cache<String, String> written = Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(Duration.ofDays(1))
            .build();
    private final Map<String, String> waiting = new ConcurrentHashMap<>();

    @Inject
    private Features features;
    @Inject
    private Settings settings;
    @Inject
    private ManagedThreads managed;
    @Inject
    private MailRows rows;

    private volatile boolean on;
    private Loop loop;

    void start(@Observes Started started) {
        on = features.isAllowed(Feature.NOTIFICATIONS) && !settings.mail().session().isEmpty();
        if (on && loop == null) {
            loop = managed.repeat("mail addresses", PAUSE, this::write);
        }
    }

    /** Takes the address of a caller whose token was verified, if it has one. */
    public void signedIn(Caller caller) {
        if (on && caller.mail().isPresent() && !caller.mail().get().equals(written.getIfPresent(caller.id()))
                && waiting.size() < MOST_WAITING) {
            waiting.put(caller.id(), caller.mail().get());
        }
    }

    private void write() {
        waiting.forEach((person, address) -> {
            rows.putAddress(person, address);
            written.put(person, address);
            waiting.remove(person, address);
        });
    }
}
