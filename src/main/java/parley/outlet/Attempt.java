package parley.outlet;

import java.time.Instant;

/**
 * One attempt to hand an event over.
 *
 * @param event its id
 * @param type of the event
 * @param status its outcome, in words that don't change
 * @param attempt 1 for the first one
 * @param millis how long it took
 * @param answer the beginning of a failing receiver's answer; may be empty
 */
public record Attempt(Instant at, String event, String type, String status, int attempt, int millis, String answer) {

    /** The status of an event that the receiver has taken. */
    public static final String DELIVERED = "delivered";
    /** The most attempts that are kept for an outlet. Older ones are removed. */
    public static final int MOST = 50;
    /** The most characters of an answer. */
    public static final int LONGEST_ANSWER = 500;
}
