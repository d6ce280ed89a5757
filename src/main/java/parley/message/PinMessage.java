package parley.message;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.ExactMessage;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/**
 * Pins a message to the room, or takes it off. Changes nothing if nothing would differ.
 *
 * @param message the offset of the message
 * @param pin whether to pin it
 */
public record PinMessage(String room, Actor by, long message, boolean pin) implements ChangingMessage {

    /** The most pinned messages of a room. */
    public static final int MOST_PINS = 100;

    @Override
    public Optional<Problem> refusal(RoomView view, Instant now) {
        return RoomPolicy.posting(view, by, now);
    }

    @Override
    public Decision decide(RoomView view, ExactMessage found, DecisionContext context, Instant now) {
        if (found.deleted()) {
            return pin ? new Decision.Refused(ChangingMessage.gone()) : new Decision.Already(view.offset());
        }
        if (found.pinned() == pin) {
            return new Decision.Already(view.offset());
        }
        if (pin && context.pins(view) >= MOST_PINS) {
            return new Decision.Refused(Problem.conflict("A room has at most " + MOST_PINS + " pinned messages."));
        }
        return Decision.change(pin ? new MessageChange.Pinned(message) : new MessageChange.Unpinned(message));
    }
}
