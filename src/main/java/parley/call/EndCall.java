package parley.call;

import java.time.Instant;
import java.util.List;
import parley.identity.Actor;
import parley.protocol.CallChange;
import parley.protocol.User;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomView;

/**
 * Logs the end of a call that everyone has left. Several instances may propose it: the first one ends the call.
 *
 * @param by who left last
 * @param seconds from the start until the last person left
 * @param people who took part
 */
record EndCall(String room, Actor by, String call, long seconds, List<User> people) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        return view.call().filter(call::equals).isPresent() ? Decision.change(new CallChange.Ended(call, seconds, people))
                : new Decision.Already(view.offset());
    }
}
