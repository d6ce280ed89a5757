package parley.application;

import java.time.Instant;
import parley.identity.Actor;
import parley.protocol.RoomProfile;
import parley.room.CreateRoom;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomView;

/** Creates a room of a service. Changes nothing if the room exists, so it may be repeated. */
record OpenServiceRoom(String room, Actor by, RoomProfile profile) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        return new Decision.Already(view.offset());
    }

    @Override
    public Decision decideWithoutRoom(DecisionContext context) {
        return new CreateRoom(room, by, profile).decideWithoutRoom(context);
    }
}
