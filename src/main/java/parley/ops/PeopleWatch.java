package parley.ops;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import parley.emoji.KnownEmoji;
import parley.feature.FeatureSwitches;
import parley.health.Started;
import parley.installation.Welcoming;
import parley.moderation.Rules;
import parley.people.Access;
import parley.people.NameChanges;
import parley.people.SignIns;
import parley.threads.ManagedThreads;

/**
 * Starts the writing of sign-ins, and reads from the database, once a second, whose access ended, which rules about texts changed, who has
 * another name, what administrators switched, and who has to join the default rooms. Without the database, what is known applies.
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
    @Inject
    private FeatureSwitches switches;
    @Inject
    private KnownEmoji emoji;
    @Inject
    private Welcoming welcoming;

    private boolean isStarted;

    // Reads the list before the first request is served.
    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        catchUp();
        switches.catchUp();
        emoji.catchUp();
        names.catchUp();
        if (!isStarted) {
            isStarted = true;
            signIns.begin();
            // Two threads: the end of a person's access does not wait while names are announced.
            managed.repeat("access", INTERVAL, this::catchUp);
            managed.repeat("names", INTERVAL, this::follow);
        }
    }

    private void catchUp() {
        access.catchUp();
        rules.catchUp();
    }

    private void follow() {
        switches.catchUp();
        emoji.catchUp();
        names.catchUp();
        welcoming.catchUp();
    }
}
