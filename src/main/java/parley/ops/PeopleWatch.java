package parley.ops;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import parley.health.Started;
import parley.people.Access;
import parley.people.SignIns;
import parley.threads.ManagedThreads;
import parley.threads.PeriodicTask;

/**
 * Starts the writing of sign-ins, and reads from the database, once a second, whose access ended and who has another name. Without the
 * database, the known list applies.
 */
@ApplicationScoped
class PeopleWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Access access;
    @Inject
    private SignIns signIns;

    private Thread thread;

    // Reads the list before the first request is served.
    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        access.catchUp();
        if (thread == null) {
            signIns.begin();
            thread = managed.named("parley-people-watch").newThread(new PeriodicTask("people", INTERVAL, access::catchUp));
            thread.start();
        }
    }

    @PreDestroy
    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
