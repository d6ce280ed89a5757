/**
 * How much the installation is used, without surveillance: for each day the number of active people, of messages, of active rooms, and the
 * median time to an answer. Nothing here says what one person did.
 *
 * <p>{@link parley.analytics.Counting} reads each event of the log once, by position, after its day is over; {@link
 * parley.analytics.RoomFold} is the pure fold of it. {@link parley.analytics.Analytics} answers administrators.
 *
 * <p>These rules must hold. A day with fewer active people than the smallest group is not stored, and neither is a median that fewer people
 * contributed to. There is one fixed breakdown, by day and for the whole installation, so that no difference between two answers is about
 * few people. A day that was counted never changes, whatever is imported, edited or erased later. While a day is not counted yet, its
 * active people are kept as hashes, which are deleted when it is.
 */
package parley.analytics;
