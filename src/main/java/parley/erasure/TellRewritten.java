package parley.erasure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parley.identity.Actor;
import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.RoomChange;
import parley.protocol.RoomProfile;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomView;

/** Says in the log of a room that earlier events changed. Takes the person out of the room's name and topic before. */
record TellRewritten(String room, Actor by, Substitution substitution) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (view.closed()) {
            return new Decision.Refused(Problem.noSuchRoom());
        }
        List<Change> changes = new ArrayList<>();
        RoomProfile profile = substitution.profile(view.profile());
        if (!profile.equals(view.profile())) {
            // No two public rooms have one name, so this one may get its id.
            boolean taken = !profile.name().equals(view.profile().name()) && context.isNameTaken(room, profile.name());
            changes.add(new RoomChange.Updated(taken
                    ? new RoomProfile(room, profile.kind(), profile.topic(), profile.retention(), profile.posting()) : profile));
        }
        changes.add(new RoomChange.Rewritten());
        return new Decision.Changes(changes);
    }
}
