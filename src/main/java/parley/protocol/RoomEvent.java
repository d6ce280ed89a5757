package parley.protocol;

import java.time.Instant;

/**
 * One entry of a room's log.
 *
 * @param offset its number in the room, from 1 without a gap
 * @param at when it was stored, to the millisecond
 * @param by who caused it
 */
public record RoomEvent(String room, long offset, Instant at, User by, Change change) implements Event {

    /** Whether this event posted or changed the message at this offset. */
    public boolean concerns(long message) {
        return offset == message || change instanceof MessageChange.OfMessage of && of.message() == message;
    }
}
