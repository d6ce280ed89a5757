package parley.outlet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is stored of an outlet after a run.
 *
 * @param offset of the last event that was handed over, or that the outlet doesn't get
 * @param due when the outlet is tried next
 * @param disabled why the outlet is disabled now
 */
record Settlement(long offset, int failures, Optional<Instant> failingSince, Instant due, Optional<String> disabled) {

    /** The longest pause that a receiver gets if it asks for one. */
    static final Duration LONGEST_ASKED = Duration.ofHours(1);

    /**
     * Decides what follows from a run.
     *
     * @param last the offset up to which the run has read the log
     * @param wanted the events that were read and that the outlet gets, in order
     * @param taken what the sink did with them
     * @param patience after how long without a success the outlet is disabled; empty for never
     * @param chance from 0 to 1
     */
    static Settlement of(Run run, long last, List<OutgoingEvent> wanted, Taken taken, Optional<Duration> patience, Instant now,
                         double chance) {
        long offset = taken.count() < wanted.size() ? wanted.get(taken.count()).offset() - 1 : last;
        if (taken.failure().isEmpty()) {
            return new Settlement(offset, 0, Optional.empty(), now, Optional.empty());
        }
        Taken.Failure failure = taken.failure().get();
        boolean first = taken.count() > 0;
        int failures = first ? 1 : run.consumer().failures() + 1;
        Instant since = first ? now : run.failingSince().orElse(now);
        Duration pause = Backoff.after(failures, chance);
        Duration asked = failure.pause().compareTo(LONGEST_ASKED) < 0 ? failure.pause() : LONGEST_ASKED;
        boolean isOver = failure.lasting() || patience.filter(longest -> !since.plus(longest).isAfter(now)).isPresent();
        return new Settlement(offset, failures, Optional.of(since), now.plus(asked.compareTo(pause) > 0 ? asked : pause),
                isOver ? Optional.of(failure.status()) : Optional.empty());
    }
}
