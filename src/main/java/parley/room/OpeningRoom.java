package parley.room;

import parley.protocol.Change;
import parley.protocol.RoomKind;
import parley.protocol.User;

/** Having a public room that nobody owns, as an installation does for everyone. Where it is there already, nothing happens. */
public record OpeningRoom(String room, User by, String name, String topic) implements Proposal {

    @Override
    public Verdict decide(RoomView view, Earlier earlier) {
        return new Verdict.Already(view.offset());
    }

    @Override
    public Verdict decideWithoutRoom() {
        return Verdict.change(new Change.RoomUpdated(name, RoomKind.PUBLIC, topic));
    }
}
