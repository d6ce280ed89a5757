package parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import parley.protocol.Change;
import parley.protocol.ErrorCode;
import parley.protocol.Role;
import parley.protocol.RoomEvent;
import parley.protocol.Retention;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;

class RoomDecisionsTest {

    private static final User ALICE = new User("alice", "Alice");
    private static final User BOB = new User("bob", "Bob");
    private static final RoomProfile CELLAR = new RoomProfile("Cellar", RoomKind.PRIVATE, "", Retention.FOREVER);
    private static final Earlier NOTHING = new Earlier() {
        @Override
        public OptionalLong posted(String room, String author, String key) {
            return OptionalLong.empty();
        }

        @Override
        public boolean isMessage(String room, long offset) {
            return false;
        }

        @Override
        public boolean isNameTaken(String room, String name) {
            return name.equals("Taken");
        }
    };

    private final RoomView open = RoomView.empty("plaza", "e1").after(List.of(
            event(1, new Change.RoomUpdated(RoomProfile.open("Plaza"))),
            event(2, new Change.MemberJoined(ALICE, Role.OWNER))));
    private final RoomView closed = RoomView.empty("cellar", "e2").after(List.of(
            event(1, new Change.RoomUpdated(CELLAR)),
            event(2, new Change.MemberJoined(ALICE, Role.OWNER))));

    @Test
    void aPrivateRoomDoesNotExistForAStranger() {
        Verdict nowhere = new JoiningRoom("nowhere", BOB).decideWithoutRoom(NOTHING);
        assertThat(new JoiningRoom("cellar", BOB).decide(closed, NOTHING)).isEqualTo(nowhere);
        assertThat(new LeavingRoom("cellar", BOB).decide(closed, NOTHING)).isEqualTo(nowhere);
        assertThat(RoomPolicy.speaking(closed, BOB).orElseThrow().code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(RoomPolicy.maySee(closed, "bob")).isFalse();
    }

    @Test
    void aListenerMayNotSpeak() {
        assertThat(RoomPolicy.maySee(open, "bob")).isTrue();
        assertThat(RoomPolicy.speaking(open, BOB).orElseThrow().code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void aRoomThatIsThereCanNotBeCreatedAgain() {
        assertThat(new CreatingRoom("plaza", BOB, RoomProfile.open("Mine")).decide(open, NOTHING))
                .isInstanceOfSatisfying(Verdict.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void aPublicRoomIsNotCalledLikeAnother() {
        Verdict made = new CreatingRoom("new", BOB, RoomProfile.open("Taken")).decideWithoutRoom(NOTHING);
        Verdict renamed = new UpdatingRoom("plaza", ALICE, false, Optional.of("Taken"), Optional.empty(), Optional.empty()).decide(open, NOTHING);
        for (Verdict verdict : List.of(made, renamed)) {
            assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class,
                    refused -> assertThat(refused.problem().code()).isEqualTo(ErrorCode.CONFLICT));
        }
    }

    @Test
    void aHiddenRoomMayBeCalledAnything() {
        RoomProfile hidden = new RoomProfile("Taken", RoomKind.PRIVATE, "", Retention.FOREVER);
        assertThat(new CreatingRoom("new", BOB, hidden).decideWithoutRoom(NOTHING)).isInstanceOf(Verdict.Changes.class);
    }

    @Test
    void aFullRoomTakesNobodyMore() {
        RoomView full = open;
        for (int n = full.members().size(); n < RoomPolicy.MOST_MEMBERS; n++) {
            full = full.after(event(full.offset() + 1,
                    new Change.MemberJoined(new User("user-" + n, "User " + n), Role.MEMBER)));
        }
        assertThat(new JoiningRoom("plaza", BOB).decide(full, NOTHING)).isInstanceOf(Verdict.Refused.class);
        assertThat(new JoiningRoom("plaza", ALICE).decide(full, NOTHING)).isEqualTo(new Verdict.Already(full.offset()));
    }

    @Test
    void joiningAndLeavingChangeTheRoomOnce() {
        assertThat(new JoiningRoom("plaza", BOB).decide(open, NOTHING))
                .isEqualTo(Verdict.change(new Change.MemberJoined(BOB, Role.MEMBER)));
        RoomView joined = open.after(event(3, new Change.MemberJoined(BOB, Role.MEMBER)));
        assertThat(new JoiningRoom("plaza", BOB).decide(joined, NOTHING)).isEqualTo(new Verdict.Already(3));
        assertThat(RoomPolicy.speaking(joined, BOB)).isEmpty();
        assertThat(new LeavingRoom("plaza", BOB).decide(joined, NOTHING))
                .isEqualTo(Verdict.change(new Change.MemberLeft(BOB)));
        RoomView left = joined.after(event(4, new Change.MemberLeft(BOB)));
        assertThat(new LeavingRoom("plaza", BOB).decide(left, NOTHING)).isEqualTo(new Verdict.Already(4));
        assertThat(left.role("bob")).isEqualTo(Role.NONE);
    }

    @Test
    void aViewAppliesAnEventOnceAndNeverOverAHole() {
        RoomView twice = open.after(event(2, new Change.MemberJoined(ALICE, Role.OWNER)));
        assertThat(twice).isEqualTo(open);
        assertThatIllegalStateException()
                .isThrownBy(() -> open.after(event(4, new Change.MemberLeft(ALICE))));
    }

    private static RoomEvent event(long offset, Change change) {
        return new RoomEvent("room", offset, Instant.EPOCH, ALICE, change);
    }
}
