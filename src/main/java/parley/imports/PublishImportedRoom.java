package parley.imports;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.Problem;
import parley.protocol.RoomChange;
import parley.protocol.RoomProfile;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/** Gives an imported room the profile that people see. Refused if another public room has a name that looks the same. */
record PublishImportedRoom(String room, Actor by, RoomProfile profile) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (view.closed()) {
            return new Decision.Refused(Problem.noSuchRoom());
        }
        Optional<Problem> taken = RoomPolicy.naming(room, profile, context);
        if (taken.isPresent()) {
            return new Decision.Refused(taken.get());
        }
        return view.profile().equals(profile) ? new Decision.Already(view.offset()) : Decision.change(new RoomChange.Updated(profile));
    }
}
