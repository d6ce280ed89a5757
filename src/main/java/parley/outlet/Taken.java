package parley.outlet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a sink did with events.
 *
 * @param count how many it handed over, from the first one
 * @param attempts the latest attempts, in order
 * @param failure why the event after these was not handed over; empty if none failed
 */
public record Taken(int count, List<Attempt> attempts, Optional<Failure> failure) {

    /**
     * An event could not be handed over.
     *
     * @param status the same as that of the attempt
     * @param pause how long the receiver asks to wait; zero if it doesn't say
     * @param lasting whether the receiver says that it will never take events again
     */
    public record Failure(String status, Duration pause, boolean lasting) {}

    /** All of this many events were handed over. */
    public static Taken all(int count, List<Attempt> attempts) {
        return new Taken(count, attempts, Optional.empty());
    }
}
