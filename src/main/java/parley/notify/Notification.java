package parley.notify;

import java.time.Instant;
import parley.protocol.Event;
import parley.protocol.User;
import parley.protocol.Why;

/**
 * A stored notification of one person.
 *
 * @param id unique in the installation; later notifications have greater ids
 * @param offset of the message, or of the event that let the person in; 0 for a reminder that is about no message
 * @param by who caused it
 * @param text what the message says now, or what the person wrote down; empty if it is gone, and for an invitation
 */
public record Notification(long id, String person, String room, long offset, Why why, User by, Instant at, boolean seen, String text) {

    /** The most characters (Unicode code points) of a text that a notification shows. */
    static final int LONGEST_TEXT = 300;

    /** Whether the person caused it, and not an event of the room. It has a text of its own. */
    boolean isOwn() {
        return why == Why.REMINDER || why == Why.UNSENT || why == Why.EXPORT;
    }

    /** The offset of the message; 0 for an invitation or a call, which has none. */
    public long message() {
        return why == Why.INVITED || why == Why.CALL ? 0 : offset;
    }

    /** The same with this id. */
    Notification withId(long given) {
        return new Notification(given, person, room, offset, why, by, at, seen, text);
    }

    /** The event that notifies the person's connections. */
    Event.Notified event() {
        return new Event.Notified(id, room, message(), by, why, text);
    }

    /** The beginning of a text, without half characters. */
    static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
    }
}
