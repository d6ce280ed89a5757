package parley.hook;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import parley.outgoing.Hosts;
import parley.outlet.Attempt;

/**
 * What came of posting an event.
 *
 * @param status in words that don't change; integrators compare them
 * @param pause how long the receiver asks to wait; zero if it doesn't say
 * @param lasting whether the receiver wants no more events
 * @param answer the beginning of the receiver's answer; may be empty
 */
record Outcome(String status, Duration pause, boolean lasting, String answer) {

    private static final int GONE = 410;

    /** The receiver answered. */
    static Outcome answered(int status, Duration pause, String answer) {
        return switch (status / 100) {
            case 2 -> new Outcome(Attempt.DELIVERED, Duration.ZERO, false, "");
            case 3 -> new Outcome("redirected", Duration.ZERO, false, answer);
            default -> new Outcome("answered " + status, pause, status == GONE, answer);
        };
    }

    /** The receiver did not answer. */
    static Outcome failed(IOException why, boolean late) {
        if (why instanceof Hosts.RefusedHost) {
            return failed("address not allowed");
        } else if (late || why instanceof SocketTimeoutException) {
            return failed("timed out");
        } else if (why instanceof UnknownHostException) {
            return failed("host unknown");
        }
        return failed(why instanceof SSLException ? "certificate not valid" : "not reached");
    }

    /** The settings no longer allow the URL. */
    static Outcome notAllowed() {
        return failed("address not allowed");
    }

    private static Outcome failed(String status) {
        return new Outcome(status, Duration.ZERO, false, "");
    }

    boolean isDelivered() {
        return status.equals(Attempt.DELIVERED);
    }
}
