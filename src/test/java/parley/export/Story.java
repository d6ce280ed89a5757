package parley.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.MemberChange;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;

/** The log of a room for tests: one event a second, except for posts, which only take an offset and a second. */
final class Story {

    static final User ALICE = new User("alice", "Alice");
    static final User BOB = new User("bob", "Bob");
    static final User CAROL = new User("carol", "Carol");
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final List<RoomEvent> events = new ArrayList<>();
    private long last;

    Story(RoomKind kind) {
        of(ALICE, kind(kind)).of(ALICE, new MemberChange.Joined(ALICE, Role.OWNER));
    }

    static RoomChange.Updated kind(RoomKind kind) {
        return new RoomChange.Updated(new RoomProfile("Harbour", kind, "", Retention.FOREVER));
    }

    /** The time of an offset. */
    static Instant at(long offset) {
        return START.plusSeconds(offset);
    }

    Story of(User by, Change change) {
        last++;
        events.add(new RoomEvent("r", last, at(last), by, change));
        return this;
    }

    Story posts(int count) {
        last += count;
        return this;
    }

    Story joins(User user) {
        return of(user, new MemberChange.Joined(user, Role.MEMBER));
    }

    Story leaves(User user) {
        return of(user, new MemberChange.Left(user));
    }

    Story bans(User user, Optional<Instant> until) {
        return of(ALICE, new MemberChange.RoleChanged(user, Role.BANNED, until));
    }

    long last() {
        return last;
    }

    List<RoomEvent> events() {
        return events;
    }
}
