package parley.ops;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import parley.health.Started;
import parley.moderation.Rules;
import parley.people.Access;
import parley.people.NameChanges;
import parley.people.SignIns;
import parley.threads.ManagedThreads;

/**
 * Starts the writing of sign-ins, and reads from the database, once a second, whose access ended, which rules about texts changed, and who
 * has another name. Without the database, what is known applies.
 */
@ApplicationScoped
class PeopleWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Access access;
    @Inject
    private Rules rules;
    @Inject
    private NameChanges names;
    @Inject
    private SignIns signIns;

    private boolean isStarted;

    // Reads the list before the first request is served.
    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        catchUp();
        names.catchUp();
        if (!isStarted) {
            isStarted = true;
            signIns.begin();
            // Two threads: the end of a person's access does not wait while names are announced.
            managed.repeat("access", INTERVAL, this::catchUp);
            managed.repeat("names", INTERVAL, names::catchUp);
        }
    }

    private void catchUp() {
        access.catchUp();
        rules.catchUp();
    }
}
