package parley.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import parley.identity.Caller;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;

/** Whether this instance can serve, and the problem that clients get while it can't. Thread-safe; never blocks. */
@ApplicationScoped
public class Availability {

    private static final long RETRY_MILLIS = 2_000;

    @Inject
    private DatabaseWatch database;
    @Inject
    private ClosedMode closed;

    /** What startup waits for; null once it has finished. */
    private volatile String waitsFor = "startup";

    /** What startup waits for, as text for the administrator; empty once it has finished. */
    public Optional<String> startWaitsFor() {
        return Optional.ofNullable(waitsFor);
    }

    /** Records what startup waits for. */
    public void waitsFor(String what) {
        waitsFor = what;
    }

    /** Records that startup has finished. */
    public void started() {
        waitsFor = null;
    }

    /** The problem for any request that needs the database; empty if the instance can try to serve it. */
    public Optional<Problem> refusal() {
        if (waitsFor != null) {
            return Optional.of(unavailable("The instance is starting."));
        }
        return database.isOutOfReach() ? Optional.of(unavailable("The database isn't responding.")) : Optional.empty();
    }

    /** The problem for requests of this caller in closed mode; empty for administrators, and if the instance is open. */
    public Optional<Problem> refusal(Caller caller) {
        return closed.isClosed() && !caller.administers()
                ? Optional.of(unavailable("Parley is closed for maintenance. Only administrators can connect.")) : Optional.empty();
    }

    /** Why the instance is in closed mode, as text for the administrator; empty if it is open. */
    public Optional<String> closedBecause() {
        return closed.isClosed()
                ? Optional.of("parley.closed is true, and the epoch of all rooms has not been renewed since the start") : Optional.empty();
    }

    private static Problem unavailable(String message) {
        return new Problem(ErrorCode.UNAVAILABLE, message, true, RETRY_MILLIS);
    }
}
