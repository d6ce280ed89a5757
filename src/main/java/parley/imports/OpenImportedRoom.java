package parley.imports;

import java.time.Instant;
import java.util.List;
import parley.identity.Actor;
import parley.protocol.RoomChange;
import parley.protocol.RoomProfile;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomView;

/** Makes a room that nobody is in. Changes nothing if it exists. */
record OpenImportedRoom(String room, Actor by, RoomProfile profile) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        return new Decision.Already(view.offset());
    }

    @Override
    public Decision decideWithoutRoom(DecisionContext context) {
        return new Decision.Changes(List.of(new RoomChange.Updated(profile)));
    }
}
