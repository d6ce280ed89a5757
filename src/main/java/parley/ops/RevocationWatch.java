package parley.ops;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import parley.health.Started;
import parley.identity.Revoking;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/** Reads revocations from the database once a second. While the database is unreachable, known revocations still apply. */
@ApplicationScoped
class RevocationWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Revoking revoking;

    private Loop loop;

    // Reads all revocations before the first request is served.
    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        revoking.catchUp();
        if (loop == null) {
            loop = managed.repeat("revocations", INTERVAL, revoking::catchUp);
        }
    }
}
