package parley.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.RoomView;

/** A room for tests of decisions: alice owns it, bob and carol are members, and its log is at offset 4. */
final class ARoom {

    static final User ALICE = new User("alice", "Alice");
    static final User BOB = new User("bob", "Bob");
    static final User CAROL = new User("carol", "Carol");
    static final long START = 4;
    static final Instant AT = Instant.parse("2030-01-01T12:00:00Z");

    private ARoom() {
    }

    static RoomView of(RoomKind kind) {
        return RoomView.empty("room", "e1").after(List.of(
                event(1, ALICE, new RoomChange.Updated(new RoomProfile("Room", kind, "", Retention.FOREVER))),
                event(2, ALICE, new MemberChange.Joined(ALICE, Role.OWNER)),
                event(3, BOB, new MemberChange.Joined(BOB, Role.MEMBER)),
                event(4, CAROL, new MemberChange.Joined(CAROL, Role.MEMBER))));
    }

    static RoomEvent event(long offset, User by, Change change) {
        return new RoomEvent("room", offset, AT, by, change);
    }

    static RoomEvent says(long offset, User by, String text, String... mentions) {
        return event(offset, by, new MessageChange.Posted(text, "key" + offset, 0, false, List.of(mentions), false, false));
    }

    static RoomEvent mentionsEveryone(long offset, User by) {
        return event(offset, by, new MessageChange.Posted("all", "key" + offset, 0, false, List.of(), true, false));
    }

    static RoomEvent replies(long offset, User by, long thread, String... mentions) {
        return event(offset, by, new MessageChange.Posted("a reply", "key" + offset, thread, false, List.of(mentions), false, false));
    }

    static RoomEvent bans(long offset, User by, User user) {
        return event(offset, by, new MemberChange.RoleChanged(user, Role.BANNED, Optional.empty()));
    }
}
