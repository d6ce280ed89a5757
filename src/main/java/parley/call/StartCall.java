package parley.call;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.CallChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/**
 * Starts the call of a room.
 *
 * @param call its new id
 */
public record StartCall(String room, Actor by, String call) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = CallRules.joining(view, by, now).or(() -> RoomPolicy.writing(view, by, context::isBlocked))
                .or(() -> view.call().map(on -> Problem.conflict("There is a call in this room already. Join it.")));
        return refused.<Decision>map(Decision.Refused::new).orElseGet(() -> Decision.change(new CallChange.Started(call)));
    }
}
