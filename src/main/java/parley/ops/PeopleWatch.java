package parley.ops;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import parley.health.Started;
import parley.installation.Welcoming;
import parley.people.NameChanges;
import parley.people.SignIns;
import parley.threads.ManagedThreads;

/**
 * Starts the writing of sign-ins, and reads from the database, once a second, who has another name, and who has to join the default rooms.
 * A loop of its own: the end of a person's access does not wait while names are announced ({@link FollowingTables}).
 */
@ApplicationScoped
class PeopleWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Inject
    private ManagedThreads managed;
    @Inject
    private NameChanges names;
    @Inject
    private SignIns signIns;
    @Inject
    private Welcoming welcoming;

    private boolean isStarted;

    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        names.catchUp();
        if (!isStarted) {
            isStarted = true;
            signIns.begin();
            managed.repeat("names", INTERVAL, this::follow);
        }
    }

    private void follow() {
        names.catchUp();
        welcoming.catchUp();
    }
}
