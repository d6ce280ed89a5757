package parley.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomProfile;

/** Making a room, with its creator as the owner. */
public record CreateRoom(String room, Actor by, RoomProfile profile) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        return new Decision.Refused(Problem.conflict("A room with this id exists."));
    }

    @Override
    public Decision decideWithoutRoom(DecisionContext context) {
        if (!context.mayOwnAnother(by.id())) {
            return new Decision.Refused(Problem.conflict("You own the maximum number of rooms."));
        }
        if (!context.mayJoinAnother(by.id())) {
            return new Decision.Refused(RoomPolicy.tooManyRooms());
        }
        Optional<Problem> refused = context.keeping(profile.retention()).or(() -> RoomPolicy.naming(room, profile, context));
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        return new Decision.Changes(List.of(new RoomChange.Updated(profile), new MemberChange.Joined(by.user(), Role.OWNER)));
    }
}
