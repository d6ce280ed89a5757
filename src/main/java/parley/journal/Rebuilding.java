package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Rebuilds the projections of a room from its log: after a partial restore, or when a new version derives more from the same events. The
 * messages are derived under another room id first. Slices of them then replace the rows of the room, each in a transaction that locks the
 * head of the room, so that its writers wait for one slice at most. Readers see each message as it was before or as it is after.
 */
@ApplicationScoped
public class Rebuilding {

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @Inject
    private RebuildCommit commits;

    /** The outcome of a rebuild. */
    public sealed interface Outcome {

        /** The room was rebuilt from this many events. */
        record Rebuilt(long events) implements Outcome {}

        /** There is no such room. */
        record NoSuchRoom() implements Outcome {}

        /** Another rebuild of the room runs, or ended without a trace less than two minutes ago. */
        record Running() implements Outcome {}
    }

    /** Rebuilds one room. Waits for the database. What fails midway leaves a room whose messages are partly rebuilt. */
    public Outcome rebuild(String room) {
        forgetAbandoned(Instant.now());
        Rebuild rebuild = new Rebuild(room);
        return switch (commits.begin(rebuild, Instant.now())) {
            case NO_SUCH_ROOM -> new Outcome.NoSuchRoom();
            case RUNNING -> new Outcome.Running();
            case YES -> {
                run(rebuild);
                yield new Outcome.Rebuilt(rebuild.events());
            }
        };
    }

    private void run(Rebuild rebuild) {
        try {
            boolean more = true;
            while (more) {
                more = commits.derive(rebuild, Instant.now());
            }
            while (replaceNext(rebuild)) {
                // Until nothing is left.
            }
        } finally {
            end(rebuild.shadow());
        }
    }

    // Pauses as long as the slice took: the writers of the room need the lock too.
    private boolean replaceNext(Rebuild rebuild) {
        long begin = System.nanoTime();
        boolean more = commits.replace(rebuild, Instant.now());
        if (more) {
            LockSupport.parkNanos(Math.min(System.nanoTime() - begin, LONGEST_PAUSE_NANOS));
        }
        return more;
    }

    /** Removes what rebuilds left behind whose instance ended. */
    void forgetAbandoned(Instant now) {
        commits.abandoned(now).forEach(abandoned -> end(abandoned.shadow()));
    }

    private void end(String shadow) {
        boolean more = true;
        while (more) {
            more = commits.forget(shadow);
        }
        commits.end(shadow);
    }
}
