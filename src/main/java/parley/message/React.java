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
 * Adds the actor's reaction to a message, or takes it back. Changes nothing if nothing would differ.
 *
 * @param message the offset of the message
 * @param add whether to add the reaction
 */
public record React(String room, Actor by, long message, String emoji, boolean add) implements ChangingMessage {

    /** The most different emoji of one message. */
    public static final int MOST_EMOJIS = 20;

    @Override
    public Optional<Problem> refusal(RoomView view, Instant now) {
        return RoomPolicy.posting(view, by, now);
    }

    @Override
    public Decision decide(RoomView view, ExactMessage found, DecisionContext context, Instant now) {
        Optional<Problem> refused = add ? RoomPolicy.writing(view, by, context::isBlocked) : Optional.empty();
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        if (found.deleted()) {
            return add ? new Decision.Refused(ChangingMessage.gone()) : new Decision.Already(view.offset());
        }
        if (found.hasReaction(by.id(), emoji) == add) {
            return new Decision.Already(view.offset());
        }
        if (add && found.emojis() >= MOST_EMOJIS && !found.hasEmoji(emoji)) {
            return new Decision.Refused(Problem.conflict("A message has reactions with at most " + MOST_EMOJIS + " different emoji."));
        }
        return Decision.change(add ? new MessageChange.ReactionAdded(message, emoji) : new MessageChange.ReactionRemoved(message, emoji));
    }
}
