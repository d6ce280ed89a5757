package parley.outlet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hands events over to receivers of one kind. A bean; used by many threads. */
public interface Sink {

    /** The kind of the outlets whose events it takes. */
    String kind();

    /** Whether this instance can hand events over. If not, the outlets wait for an instance that can. */
    boolean isOn();

    /** After how long without a success an outlet is disabled; empty for never. */
    Optional<Duration> patience();

    /**
     * Hands events over in this order, and stops at the first one that fails. Waits for the receiver, but begins no event after this time.
     *
     * @param events at least one
     */
    Taken take(Consumer consumer, List<OutgoingEvent> events, Instant until);

    /** An outlet was disabled, because it failed for too long or its receiver wants no more events. Waits for the database. */
    void disabled(Consumer consumer, String why);
}
