package parley.room;

import java.time.Instant;
import parley.identity.Actor;
import parley.protocol.RoomChange;
import parley.protocol.RoomProfile;

/** Creates a room without an owner, for everyone in the installation. Changes nothing if the room exists. */
public record OpenDefaultRoom(String room, Actor by, RoomProfile profile) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        return new Decision.Already(view.offset());
    }

    @Override
    public Decision decideWithoutRoom(DecisionContext context) {
        return Decision.change(new RoomChange.Updated(profile));
    }
}
