package parley.application;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import parley.identity.Actor;
import parley.message.PostMessage;
import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.protocol.RoomEvent;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.JoinRoom;
import parley.room.Proposal;
import parley.room.RoomView;

/** Posts a message of a service. In a public room, it becomes a member first. */
record PostAsService(PostMessage message) implements Proposal {

    @Override
    public String room() {
        return message.room();
    }

    @Override
    public Actor by() {
        return message.by();
    }

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (view.role(by().id()) != Role.NONE) {
            return message.decide(view, context, now);
        }
        Decision joining = new JoinRoom(room(), by()).decide(view, context, now);
        if (!(joining instanceof Decision.Changes(List<Change> joined, var concerns, var nothing))) {
            return joining;
        }
        RoomView inside = view.after(new RoomEvent(room(), view.offset() + 1, now, by().user(), joined.getFirst()));
        Decision posting = message.decide(inside, context, now);
        return switch (posting) {
            case Decision.Changes(List<Change> posted, var nobody, var flagged) ->
                    new Decision.Changes(Stream.concat(joined.stream(), posted.stream()).toList(), concerns, flagged);
            // A message waits for someone who is in the room when it is approved.
            case Decision.Held held -> new Decision.Refused(Problem.refusedText("A moderator has to approve this text, so the service must "
                    + "be a member of the room."));
            default -> posting;
        };
    }
}
