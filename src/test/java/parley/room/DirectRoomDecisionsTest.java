package parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.Change;
import parley.protocol.ErrorCode;
import parley.protocol.MemberChange;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.User;

class DirectRoomDecisionsTest {

    private static final User ALICE = new User("alice", "Alice");
    private static final User BOB = new User("bob", "Bob");
    private static final User CAROL = new User("carol", "Carol");
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final DecisionContext NOTHING = new NothingKnown();

    private final RoomView room = opened(new OpenDirectRoom(as(ALICE), List.of(ALICE, BOB)));

    @Test
    void theSamePeopleAlwaysHaveTheSameRoom() {
        String id = new OpenDirectRoom(as(ALICE), List.of(ALICE, BOB)).room();
        assertThat(new OpenDirectRoom(as(BOB), List.of(BOB, ALICE)).room()).isEqualTo(id).matches("[A-Za-z0-9_-]{1,64}");
        assertThat(new OpenDirectRoom(as(ALICE), List.of(ALICE, BOB, CAROL)).room()).isNotEqualTo(id);
        assertThat(OpenDirectRoom.idOf(Set.of("a", "b,c"))).isNotEqualTo(OpenDirectRoom.idOf(Set.of("a,b", "c")));
        assertThat(OpenDirectRoom.isReserved(id)).isTrue();
        assertThat(OpenDirectRoom.isReserved("direct-mail")).isFalse();
    }

    @Test
    void everyoneIsAMemberAndNobodyAnOwner() {
        assertThat(room.profile().kind()).isEqualTo(RoomKind.DIRECT);
        assertThat(room.profile().name()).isEmpty();
        assertThat(List.of(room.role("alice"), room.role("bob"))).containsOnly(Role.MEMBER);
        assertThat(new OpenDirectRoom(as(BOB), List.of(ALICE, BOB)).decide(room, NOTHING, NOW))
                .isEqualTo(new Decision.Already(room.offset()));
    }

    @Test
    void nobodyChangesItOrItsPeople() {
        for (Actor by : List.of(as(ALICE), new Actor(ALICE, true))) {
            List<Proposal> proposals = List.of(new ChangeRole(room.id(), by, BOB, Role.OWNER),
                    new ChangeRole(room.id(), by, CAROL, Role.MEMBER),
                    new ChangeRole(room.id(), by, ALICE, Role.OWNER), new RemoveMember(room.id(), by, "bob"),
                    new RemoveMember(room.id(), by, "alice"), new LeaveRoom(room.id(), by),
                    new BanUser(room.id(), by, BOB, Optional.empty()),
                    new MuteUser(room.id(), by, BOB, NOW.plusSeconds(60)), new CloseRoom(room.id(), by),
                    new UpdateRoom(room.id(), by, Optional.of("Ours"), Optional.empty(), Optional.empty()));
            assertThat(proposals).allSatisfy(proposal -> assertThat(refusal(proposal)).as("%s", proposal).isEqualTo(ErrorCode.FORBIDDEN));
        }
    }

    @Test
    void itDoesNotExistForAnyoneElse() {
        for (Actor by : List.of(as(CAROL), new Actor(CAROL, true))) {
            List<Proposal> proposals = List.of(new JoinRoom(room.id(), by), new LeaveRoom(room.id(), by), new CloseRoom(room.id(), by),
                    new ChangeRole(room.id(), by, CAROL, Role.MEMBER), new RemoveMember(room.id(), by, "bob"),
                    new UpdateRoom(room.id(), by, Optional.of("Ours"), Optional.empty(), Optional.empty()));
            assertThat(proposals).allSatisfy(proposal -> assertThat(refusal(proposal)).as("%s", proposal).isEqualTo(ErrorCode.NOT_FOUND));
        }
        assertThat(RoomPolicy.posting(room, as(CAROL), NOW).orElseThrow().code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aBlockedPersonWritesNothingToARoomOfTwo() {
        DecisionContext bobBlockedAlice = new NothingKnown() {
            @Override
            public boolean isBlocked(String by, String user) {
                return by.equals("bob") && user.equals("alice");
            }
        };
        RoomView three = opened(new OpenDirectRoom(as(ALICE), List.of(ALICE, BOB, CAROL)));
        assertThat(RoomPolicy.writing(room, as(ALICE), bobBlockedAlice::isBlocked).orElseThrow().code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(RoomPolicy.writing(room, as(BOB), bobBlockedAlice::isBlocked)).isEmpty();
        assertThat(RoomPolicy.writing(three, as(ALICE), bobBlockedAlice::isBlocked)).isEmpty();
    }

    private ErrorCode refusal(Proposal proposal) {
        return proposal.decide(room, NOTHING, NOW) instanceof Decision.Refused refused ? refused.problem().code() : null;
    }

    private static Actor as(User user) {
        return new Actor(user, false);
    }

    private static RoomView opened(OpenDirectRoom opening) {
        List<RoomEvent> events = new ArrayList<>();
        for (Change change : ((Decision.Changes) opening.decideWithoutRoom(NOTHING)).changes()) {
            assertThat(change).isInstanceOfAny(RoomChange.Updated.class, MemberChange.Joined.class);
            events.add(new RoomEvent(opening.room(), events.size() + 1, NOW, opening.by().user(), change));
        }
        return RoomView.empty(opening.room(), "e1").after(events);
    }
}
