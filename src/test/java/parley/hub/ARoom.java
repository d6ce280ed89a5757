package parley.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.protocol.Change;
import parley.protocol.Codec;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Position;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.RoomView;

/** A room for tests of delivery: alice owns it, bob and carol are members, and its log is at offset 4. */
final class ARoom {

    static final String EPOCH = "e1";
    static final String OTHER_EPOCH = "e2";
    static final User ALICE = new User("alice", "Alice");
    static final User BOB = new User("bob", "Bob");
    static final User CAROL = new User("carol", "Carol");
    static final long START = 4;
    private static final Instant AT = Instant.parse("2030-01-01T12:00:00Z");

    private ARoom() {
    }

    static RoomView open() {
        return view(RoomKind.PUBLIC, EPOCH);
    }

    static RoomView hidden() {
        return view(RoomKind.PRIVATE, EPOCH);
    }

    static RoomView ofOtherEpoch() {
        return view(RoomKind.PUBLIC, OTHER_EPOCH);
    }

    private static RoomView view(RoomKind kind, String epoch) {
        return RoomView.empty("room", epoch).after(List.of(
                event(1, ALICE, new RoomChange.Updated(new RoomProfile("Room", kind, "", Retention.FOREVER))),
                event(2, ALICE, new MemberChange.Joined(ALICE, Role.OWNER)),
                event(3, BOB, new MemberChange.Joined(BOB, Role.MEMBER)),
                event(4, CAROL, new MemberChange.Joined(CAROL, Role.MEMBER))));
    }

    static RoomEvent event(long offset, User by, Change change) {
        return new RoomEvent("room", offset, AT, by, change);
    }

    static RoomEvent post(long offset) {
        return event(offset, ALICE, new MessageChange.Posted("text " + offset, "key" + offset, 0, false, List.of(), false, false));
    }

    static RoomEvent removal(long offset, User user) {
        return event(offset, ALICE, new MemberChange.Left(user));
    }

    static RoomEvent leaving(long offset, User user) {
        return event(offset, user, new MemberChange.Left(user));
    }

    static RoomEvent ban(long offset, User user) {
        return event(offset, ALICE, new MemberChange.RoleChanged(user, Role.BANNED, Optional.empty()));
    }

    static RoomEvent closing(long offset) {
        return event(offset, ALICE, new RoomChange.Closed());
    }

    static List<LoggedFrame> frames(RoomEvent... events) {
        return Stream.of(events).map(event -> new LoggedFrame(event.offset(), Codec.encode(event))).toList();
    }

    /** The frames of posts from one offset to another, both included. */
    static List<LoggedFrame> posts(long from, long to) {
        return frames(LongStream.rangeClosed(from, to).mapToObj(ARoom::post).toArray(RoomEvent[]::new));
    }

    static Committed.RoomBatch batch(RoomView before, RoomEvent... events) {
        return new Committed.RoomBatch(before.after(List.of(events)), List.of(events), frames(events));
    }

    static Position head(long offset) {
        return new Position(EPOCH, offset);
    }
}
