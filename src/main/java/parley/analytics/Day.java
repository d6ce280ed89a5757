package parley.analytics;

import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * What happened on a day, in UTC, in the whole installation.
 *
 * @param people who posted, edited or reacted
 * @param rooms in which someone posted
 * @param answers messages that followed a message of another person, in the room or in a thread, within a day
 * @param medianSeconds the median of their delays; empty if too few people answered
 */
public record Day(LocalDate date, int people, long messages, int rooms, long answers, OptionalLong medianSeconds) {}
