package parley.room;

import parley.protocol.Change;
import parley.protocol.RoomProfile;
import parley.protocol.User;

/** Having a room that nobody owns, as an installation does for everyone. Where it is there already, nothing happens. */
public record OpeningRoom(String room, User by, RoomProfile profile) implements Proposal {

    @Override
    public Verdict decide(RoomView view, Earlier earlier) {
        return new Verdict.Already(view.offset());
    }

    @Override
    public Verdict decideWithoutRoom(Earlier earlier) {
        return Verdict.change(new Change.RoomUpdated(profile));
    }
}
