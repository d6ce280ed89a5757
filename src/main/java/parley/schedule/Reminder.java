package parley.schedule;

import java.time.Instant;

/**
 * What a person wants to be reminded of.
 *
 * @param room where it was made
 * @param about the offset of a message of the room, 0 for none
 * @param text at most {@value #LONGEST} characters (Unicode code points)
 */
public record Reminder(String person, String id, String room, long about, String text, Instant at) {

    /** The most characters of a text. */
    public static final int LONGEST = 300;
}
