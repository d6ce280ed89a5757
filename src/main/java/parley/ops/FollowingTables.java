package parley.ops;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.health.Started;
import parley.sql.Followed;
import parley.threads.ManagedThreads;

/** Asks once a second, in one query, which tables that this instance keeps in memory have changed. */
@ApplicationScoped
class FollowingTables {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Inject
    @Any
    private Instance<Followed> beans;
    @Inject
    private FollowedHeads heads;
    @Inject
    private ManagedThreads managed;

    private List<Followed> followed;

    // Reads all of them before the first request is served.
    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        boolean isFirst = followed == null;
        followed = beans.stream().toList();
        follow();
        if (isFirst) {
            managed.repeat("kept tables", INTERVAL, this::follow);
        }
    }

    private void follow() {
        follow(followed, heads.of(followed.stream().map(Followed::headQuery).toList()));
    }

    /** Passes each its head. One that fails stops no other; the first failure is thrown at the end. */
    static void follow(List<Followed> followed, List<Long> heads) {
        List<RuntimeException> failures = new ArrayList<>();
        for (int i = 0; i < followed.size(); i++) {
            try {
                followed.get(i).catchUp(heads.get(i));
            } catch (RuntimeException failed) {
                failures.add(failed);
            }
        }
        if (!failures.isEmpty()) {
            failures.stream().skip(1).forEach(failures.getFirst()::addSuppressed);
            throw failures.getFirst();
        }
    }
}
