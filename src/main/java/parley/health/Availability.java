package parley.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import parley.identity.Caller;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;

/** Whether this instance can serve, and what clients are told while it can't. Safe for every thread; nothing here waits. */
@ApplicationScoped
public class Availability {

    private static final long LOOK_AGAIN_MILLIS = 2_000;

    @Inject
    private DatabaseWatch database;
    @Inject
    private ClosedMode closed;

    /** What the start waits for; null when it is finished. */
    private volatile String waitsFor = "the start";

    /** Why the start has not finished yet, for the administrator; empty when it has. */
    public Optional<String> startWaitsFor() {
        return Optional.ofNullable(waitsFor);
    }

    /** The start can't go on until this is mended. */
    public void waitsFor(String what) {
        waitsFor = what;
    }

    /** The start is finished. */
    public void started() {
        waitsFor = null;
    }

    /** Why nothing that needs the database can be done now; empty when it can be tried. */
    public Optional<Problem> refusal() {
        if (waitsFor != null) {
            return Optional.of(unavailable("The instance is starting."));
        }
        return database.isOutOfReach() ? Optional.of(unavailable("The database does not answer.")) : Optional.empty();
    }

    /** The same for this caller: a closed instance serves administrators only. */
    public Optional<Problem> refusal(Caller caller) {
        return closed.isClosed() && !caller.administers()
                ? Optional.of(unavailable("Parley is closed until an administrator opens it.")) : Optional.empty();
    }

    /** Why the instance does not take people who are not administrators; empty when it does. */
    public Optional<String> closedBecause() {
        return closed.isClosed() ? Optional.of("parley.closed is true, and the epoch was not renewed since") : Optional.empty();
    }

    private static Problem unavailable(String why) {
        return new Problem(ErrorCode.UNAVAILABLE, why, true, LOOK_AGAIN_MILLIS);
    }
}
