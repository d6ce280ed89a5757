package parley.client;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a subscriber of a room receives, in order. */
public sealed interface RoomEvent {

    /** The id of the room. */
    String room();

    /**
     * Where the events begin: at first, and when the room could not resume because too much was missed. Forget what you knew of the room.
     *
     * @param position the events after this one follow
     * @param asOf the last event that the messages include; don't apply an event up to it to them again
     * @param messages the newest messages as in the protocol, the oldest first
     * @param role the caller's role in the room
     */
    record Reset(String room, Position position, long asOf, List<JsonNode> messages, String role) implements RoomEvent {
    }

    /** An entry of the room's log. Each offset comes exactly once, and none is left out between two resets. */
    sealed interface Logged extends RoomEvent {

        /** The place of the event in the log. To go on after it in another run of the program, see {@link Room#resumeAfter}. */
        Position position();

        /** The type of the event, such as {@code message.posted}. */
        String type();

        /** The id of the person who caused it. */
        String by();

        /** When it happened, by the server's clock. */
        Instant at();

        /** The whole frame, with fields that this version of the client does not know. */
        JsonNode frame();
    }

    /**
     * A message.
     *
     * @param text what was written; empty if the message was deleted since
     * @param key the key that its author chose
     */
    record Posted(String room, Position position, String by, Instant at, String text, String key, JsonNode frame) implements Logged {

        @Override
        public String type() {
            return "message.posted";
        }

        /** The offset of the message, which is its id. */
        public long offset() {
            return position.offset();
        }

        /** The message whose thread this reply belongs to; 0 if it is no reply. */
        public long thread() {
            return frame.path("thread").longValue(0);
        }
    }

    /** Any other entry of the log: an edit, a reaction, a member, the room itself. */
    record Changed(String room, Position position, String type, String by, Instant at, JsonNode frame) implements Logged {
    }

    /** An ephemeral event, such as {@code presence} or {@code typing}: it is in no log, and a break may lose it. */
    record Passing(String room, String type, JsonNode frame) implements RoomEvent {
    }

    /**
     * The last event: the room has ended for this client, and the subscription with it.
     *
     * @param code why, as an error code of the protocol: {@code forbidden}, {@code gone}, {@code not_found} …
     */
    record Ended(String room, String code) implements RoomEvent {
    }
}
