package parley.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.CallChange;
import parley.protocol.Change;
import parley.protocol.ErrorCode;
import parley.protocol.MemberChange;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.Decision;
import parley.room.NothingKnown;
import parley.room.Proposal;
import parley.room.RoomView;

/** Starting and ending calls, decided against a room: alice owns it, bob and carol are members. */
class CallDecisionsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Actor ALICE = actor("alice");
    private static final Actor BOB = actor("bob");
    private static final Actor CAROL = actor("carol");
    private static final Actor STRANGER = actor("stranger");

    private RoomView room = RoomView.empty("plaza", "e1");

    CallDecisionsTest() {
        happened(new RoomChange.Updated(RoomProfile.open("Plaza")));
        happened(new MemberChange.Joined(ALICE.user(), Role.OWNER));
        happened(new MemberChange.Joined(BOB.user(), Role.MEMBER));
        happened(new MemberChange.Joined(CAROL.user(), Role.MEMBER));
    }

    private static Actor actor(String id) {
        return new Actor(new User(id, id), false);
    }

    private void happened(Change change) {
        room = room.after(new RoomEvent("plaza", room.offset() + 1, NOW, ALICE.user(), change));
    }

    private Decision decided(Proposal proposal) {
        return proposal.decide(room, new NothingKnown() {
            @Override
            public boolean isBlocked(String by, String user) {
                return by.equals("alice") && user.equals("bob");
            }
        }, NOW);
    }

    private ErrorCode refusal(Actor by) {
        return ((Decision.Refused) decided(new StartCall("plaza", by, "c"))).problem().code();
    }

    @Test
    void refusesPeopleWhoMayNotPost() {
        assertThat(refusal(STRANGER)).isEqualTo(ErrorCode.FORBIDDEN);
        happened(new MemberChange.Muted(BOB.user(), NOW.plusSeconds(60)));
        assertThat(refusal(BOB)).isEqualTo(ErrorCode.FORBIDDEN);
        happened(new MemberChange.RoleChanged(CAROL.user(), Role.GUEST, Optional.empty()));
        assertThat(refusal(CAROL)).isEqualTo(ErrorCode.FORBIDDEN);
        happened(new MemberChange.RoleChanged(CAROL.user(), Role.BANNED, Optional.empty()));
        assertThat(refusal(CAROL)).isEqualTo(ErrorCode.NOT_FOUND);
        happened(new RoomChange.Closed());
        assertThat(refusal(ALICE)).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void refusesABlockedPersonInADirectRoom() {
        room = RoomView.empty("plaza", "e1");
        happened(new RoomChange.Updated(new RoomProfile("", RoomKind.DIRECT, "", Retention.FOREVER)));
        happened(new MemberChange.Joined(ALICE.user(), Role.MEMBER));
        happened(new MemberChange.Joined(BOB.user(), Role.MEMBER));
        assertThat(refusal(BOB)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(decided(new StartCall("plaza", ALICE, "c"))).isEqualTo(Decision.change(new CallChange.Started("c")));
    }

    @Test
    void refusesASecondCall() {
        happened(new CallChange.Started("c"));
        assertThat(room.call()).contains("c");
        assertThat(refusal(BOB)).isEqualTo(ErrorCode.CONFLICT);
        happened(new CallChange.Ended("c", 1, List.of()));
        assertThat(room.call()).isEmpty();
        assertThat(decided(new StartCall("plaza", BOB, "d"))).isEqualTo(Decision.change(new CallChange.Started("d")));
    }

    @Test
    void endsACallOnce() {
        EndCall end = new EndCall("plaza", BOB, "c", 90, List.of(ALICE.user(), BOB.user()));
        happened(new CallChange.Started("c"));
        assertThat(decided(end)).isEqualTo(Decision.change(new CallChange.Ended("c", 90, List.of(ALICE.user(), BOB.user()))));
        happened(new CallChange.Ended("c", 90, List.of()));
        assertThat(decided(end)).isEqualTo(new Decision.Already(room.offset()));
        happened(new CallChange.Started("d"));
        assertThat(decided(end)).as("another call").isEqualTo(new Decision.Already(room.offset()));
    }

    @Test
    void closingARoomEndsItsCall() {
        happened(new CallChange.Started("c"));
        happened(new RoomChange.Closed());
        assertThat(room.call()).isEmpty();
        assertThat(decided(new EndCall("plaza", BOB, "c", 1, List.of()))).isEqualTo(new Decision.Already(room.offset()));
    }

    @Test
    void whatEndsTheRightToPostEndsTheCall() {
        assertThat(CallRules.ends(new MemberChange.Left(BOB.user()))).isTrue();
        assertThat(CallRules.ends(new MemberChange.Muted(BOB.user(), NOW))).isTrue();
        assertThat(CallRules.ends(new MemberChange.RoleChanged(BOB.user(), Role.GUEST, Optional.empty()))).isTrue();
        assertThat(CallRules.ends(new MemberChange.RoleChanged(BOB.user(), Role.BANNED, Optional.empty()))).isTrue();
        assertThat(CallRules.ends(new MemberChange.RoleChanged(BOB.user(), Role.MODERATOR, Optional.empty()))).isFalse();
        assertThat(CallRules.ends(new MemberChange.Joined(BOB.user(), Role.MEMBER))).isFalse();
        assertThat(CallRules.ends(new MemberChange.Unmuted(BOB.user()))).isFalse();
    }
}
