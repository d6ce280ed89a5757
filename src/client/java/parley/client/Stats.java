package parley.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a client counted and measured since it began.
 *
 * @param sent frames that were sent, repetitions included
 * @param received frames that arrived
 * @param errors refusals of commands, frames that could not be read, failures of listeners and of {@link Tokens}
 * @param connections connections that the server greeted; all but the first are reconnections
 * @param reconnections connections after the first
 * @param resumes subscriptions that continued after a break without a missed event
 * @param resets subscriptions that could not, and started again from the newest messages
 * @param duplicates events that arrived a second time and were dropped
 * @param gaps places where an event was missing, after which the room resumed
 * @param pauses times when reading stopped because a subscriber had too many events waiting
 * @param unsent commands that have no answer yet
 * @param roundTrips the last pings, the newest last, at most 16
 * @param clockOffset how far the server's clock is ahead of this computer's; empty before the first connection
 */
public record Stats(long sent, long received, long errors, long connections, long reconnections, long resumes, long resets,
        long duplicates, long gaps, long pauses, int unsent, List<Duration> roundTrips, Optional<Duration> clockOffset) {
}
