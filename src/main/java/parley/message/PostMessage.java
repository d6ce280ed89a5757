package parley.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parley.identity.Actor;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/**
 * Saying something in a room. The same key of the same author again is answered with the first message's offset.
 *
 * @param thread the offset of the message that it answers, 0 for none
 */
public record PostMessage(String room, Actor by, String key, String text, long thread, List<String> mentions)
        implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.posting(view, by, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        OptionalLong posted = context.posted(view, by.id(), key);
        if (posted.isPresent()) {
            return new Decision.Already(posted.getAsLong());
        }
        if (thread > 0 && !context.isMessage(room, thread)) {
            return new Decision.Refused(Problem.badRequest("`thread` must be a message of this room."));
        }
        return Decision.change(new MessageChange.Posted(text, key, thread, mentions));
    }
}
