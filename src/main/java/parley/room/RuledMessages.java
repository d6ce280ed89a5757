package parley.room;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.protocol.RoomEvent;
import parley.protocol.User;

/** Stores what follows from a rule, in the transaction that decided about the message. */
public interface RuledMessages {

    /** The outcome of {@link #hold}. */
    sealed interface Held {

        /** It waits. {@code again} if it did before, or if it was approved meanwhile. */
        record Waits(boolean again) implements Held {}

        /** It does not wait. */
        record Refused(Problem problem) implements Held {}
    }

    /** Lets a message wait for a moderator. The same key of the same author again changes nothing. The head of the room is locked. */
    Held hold(RoomView room, User author, MessageChange.Posted post, String pattern, Instant now, EntityManager em);

    /** Reports the text of this event to the moderators of its room. */
    void flag(RoomEvent event, String pattern, EntityManager em);
}
