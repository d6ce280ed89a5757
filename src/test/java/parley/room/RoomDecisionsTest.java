package parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.Change;
import parley.protocol.ErrorCode;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;

class RoomDecisionsTest {

    private static final User ALICE = new User("alice", "Alice");
    private static final User BOB = new User("bob", "Bob");
    private static final User CAROL = new User("carol", "Carol");
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(60);
    private static final RoomProfile CELLAR = new RoomProfile("Cellar", RoomKind.PRIVATE, "", Retention.FOREVER);
    private static final DecisionContext NOTHING = new NothingKnown() {
        @Override
        public boolean isNameTaken(String room, String name) {
            return name.equals("Taken");
        }
    };

    private final RoomView open = RoomView.empty("plaza", "e1").after(List.of(
            event(1, new RoomChange.Updated(RoomProfile.open("Plaza"))),
            event(2, new MemberChange.Joined(ALICE, Role.OWNER))));
    private final RoomView hidden = RoomView.empty("cellar", "e2").after(List.of(
            event(1, new RoomChange.Updated(CELLAR)),
            event(2, new MemberChange.Joined(ALICE, Role.OWNER))));

    @Test
    void aPrivateRoomDoesNotExistForAStranger() {
        Decision nowhere = new JoinRoom("nowhere", as(BOB)).decideWithoutRoom(NOTHING);
        assertThat(new JoinRoom("cellar", as(BOB)).decide(hidden, NOTHING, NOW)).isEqualTo(nowhere);
        assertThat(new LeaveRoom("cellar", as(BOB)).decide(hidden, NOTHING, NOW)).isEqualTo(nowhere);
        assertThat(RoomPolicy.posting(hidden, as(BOB), NOW).orElseThrow().code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(RoomPolicy.maySee(hidden, "bob", NOW)).isFalse();
    }

    @Test
    void aListenerMayNotSpeak() {
        assertThat(RoomPolicy.maySee(open, "bob", NOW)).isTrue();
        assertThat(RoomPolicy.posting(open, as(BOB), NOW).orElseThrow().code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void aRoomThatIsThereCanNotBeCreatedAgain() {
        assertThat(new CreateRoom("plaza", as(BOB), RoomProfile.open("Mine")).decide(open, NOTHING, NOW))
                .isInstanceOfSatisfying(Decision.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void whoHasAsManyRoomsAsOneMayGetsNoMore() {
        DecisionContext enough = new NothingKnown() {
            @Override
            public boolean mayJoinAnother(String user) {
                return false;
            }
        };
        assertThat(List.of(new JoinRoom("plaza", as(BOB)).decide(open, enough, NOW),
                new CreateRoom("new", as(BOB), RoomProfile.open("New")).decideWithoutRoom(enough))).allSatisfy(decision ->
                assertThat(((Decision.Refused) decision).problem().code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(new JoinRoom("plaza", as(ALICE)).decide(open, enough, NOW)).as("where one is in already")
                .isInstanceOf(Decision.Already.class);
    }

    @Test
    void aPublicRoomIsNotCalledLikeAnother() {
        Decision made = new CreateRoom("new", as(BOB), RoomProfile.open("Taken")).decideWithoutRoom(NOTHING);
        Decision renamed = new UpdateRoom("plaza", as(ALICE), Optional.of("Taken"), Optional.empty(), Optional.empty())
                .decide(open, NOTHING, NOW);
        for (Decision decision : List.of(made, renamed)) {
            assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class,
                    refused -> assertThat(refused.problem().code()).isEqualTo(ErrorCode.CONFLICT));
        }
    }

    @Test
    void aHiddenRoomMayBeCalledAnything() {
        RoomProfile hidden = new RoomProfile("Taken", RoomKind.PRIVATE, "", Retention.FOREVER);
        assertThat(new CreateRoom("new", as(BOB), hidden).decideWithoutRoom(NOTHING)).isInstanceOf(Decision.Changes.class);
    }

    @Test
    void aFullRoomTakesNobodyMore() {
        RoomView full = open;
        for (int n = full.members().size(); n < RoomPolicy.MOST_MEMBERS; n++) {
            full = full.after(event(full.offset() + 1,
                    new MemberChange.Joined(new User("user-" + n, "User " + n), Role.MEMBER)));
        }
        assertThat(new JoinRoom("plaza", as(BOB)).decide(full, NOTHING, NOW)).isInstanceOf(Decision.Refused.class);
        assertThat(new JoinRoom("plaza", as(ALICE)).decide(full, NOTHING, NOW)).isEqualTo(new Decision.Already(full.offset()));
    }

    @Test
    void joiningAndLeavingChangeTheRoomOnce() {
        assertThat(new JoinRoom("plaza", as(BOB)).decide(open, NOTHING, NOW))
                .isEqualTo(Decision.change(new MemberChange.Joined(BOB, Role.MEMBER)));
        RoomView joined = open.after(event(3, new MemberChange.Joined(BOB, Role.MEMBER)));
        assertThat(new JoinRoom("plaza", as(BOB)).decide(joined, NOTHING, NOW)).isEqualTo(new Decision.Already(3));
        assertThat(RoomPolicy.posting(joined, as(BOB), NOW)).isEmpty();
        assertThat(new LeaveRoom("plaza", as(BOB)).decide(joined, NOTHING, NOW))
                .isEqualTo(Decision.change(new MemberChange.Left(BOB)));
        RoomView left = joined.after(event(4, new MemberChange.Left(BOB)));
        assertThat(new LeaveRoom("plaza", as(BOB)).decide(left, NOTHING, NOW)).isEqualTo(new Decision.Already(4));
        assertThat(left.role("bob")).isEqualTo(Role.NONE);
    }

    @Test
    void ownersAreCountedThroughEveryChange() {
        RoomView two = open.after(List.of(event(3, new MemberChange.Joined(BOB, Role.OWNER)),
                event(4, new MemberChange.Joined(BOB, Role.OWNER))));
        assertThat(two.members().owners()).isEqualTo(2);
        assertThat(two.after(event(5, new MemberChange.RoleChanged(BOB, Role.GUEST, Optional.empty()))).members().owners()).isEqualTo(1);
        assertThat(two.after(event(5, new MemberChange.RoleChanged(BOB, Role.BANNED, Optional.empty()))).members().owners()).isEqualTo(1);
        assertThat(two.after(List.of(event(5, new MemberChange.Left(BOB)), event(6, new MemberChange.Left(BOB)))).members().owners())
                .isEqualTo(1);
        assertThat(two.members().owners()).as("the view before").isEqualTo(2);
    }

    @Test
    void aViewAppliesAnEventOnceAndNeverOverAHole() {
        RoomView twice = open.after(event(2, new MemberChange.Joined(ALICE, Role.OWNER)));
        assertThat(twice).isEqualTo(open);
        assertThatIllegalStateException()
                .isThrownBy(() -> open.after(event(4, new MemberChange.Left(ALICE))));
    }

    @Test
    void membersAndListenersRuleOverNobody() {
        RoomView joined = open.after(event(3, new MemberChange.Joined(BOB, Role.MEMBER)));
        for (Proposal proposal : rulings(BOB, "carol")) {
            assertThat(refusal(proposal, joined)).as("%s", proposal).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(refusal(proposal, open)).as("%s of a listener", proposal).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(refusal(proposal, hidden)).as("%s of a stranger", proposal).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void moderatorsRuleOverThoseBelowThemAlone() {
        RoomView moderated = open.after(List.of(event(3, new MemberChange.Joined(BOB, Role.MODERATOR)),
                event(4, new MemberChange.Joined(CAROL, Role.MEMBER)),
                event(5, new MemberChange.Joined(new User("user-4", "User 4"), Role.MODERATOR))));
        for (String above : List.of("alice", "user-4", "bob")) {
            for (Proposal proposal : rulings(BOB, above)) {
                if (!(proposal instanceof RemoveMember && above.equals("bob"))) {
                    assertThat(refusal(proposal, moderated)).as("%s", proposal).isEqualTo(ErrorCode.FORBIDDEN);
                }
            }
        }
        assertThat(refusal(new ChangeRole("plaza", as(BOB), CAROL, Role.MODERATOR), moderated)).isEqualTo(ErrorCode.FORBIDDEN);
        for (Proposal proposal : rulings(BOB, "carol")) {
            assertThat(proposal.decide(moderated, NOTHING, NOW)).as("%s", proposal).isNotInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void nobodyLiftsThemselvesNotEvenAnAdministrator() {
        RoomView held = open.after(List.of(event(3, new MemberChange.Joined(BOB, Role.MODERATOR)),
                event(4, new MemberChange.Muted(BOB, SOON)), event(5, new MemberChange.RoleChanged(CAROL, Role.BANNED, Optional.empty()))));
        assertThat(refusal(new LiftMute("plaza", admin(BOB), "bob"), held)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal(new ChangeRole("plaza", admin(BOB), BOB, Role.OWNER), held)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal(new LiftBan("plaza", admin(CAROL), "carol"), held)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal(new ChangeRole("plaza", admin(CAROL), CAROL, Role.MEMBER), held)).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void theLastOwnerOfOthersStays() {
        RoomView two = open.after(event(3, new MemberChange.Joined(BOB, Role.MEMBER)));
        assertThat(refusal(new LeaveRoom("plaza", as(ALICE)), two)).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(new RemoveMember("plaza", as(ALICE), "alice"), two)).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(new ChangeRole("plaza", as(ALICE), ALICE, Role.MEMBER), two)).isEqualTo(ErrorCode.CONFLICT);
        RoomView owned = two.after(event(4, new MemberChange.RoleChanged(BOB, Role.OWNER, Optional.empty())));
        assertThat(new LeaveRoom("plaza", as(ALICE)).decide(owned, NOTHING, NOW)).isEqualTo(Decision.change(new MemberChange.Left(ALICE)));
        assertThat(new ChangeRole("plaza", as(ALICE), ALICE, Role.MEMBER).decide(owned, NOTHING, NOW))
                .isEqualTo(Decision.change(new MemberChange.RoleChanged(ALICE, Role.MEMBER, Optional.empty())));
        assertThat(new LeaveRoom("plaza", as(ALICE)).decide(open, NOTHING, NOW)).as("alone").isInstanceOf(Decision.Changes.class);
    }

    @Test
    void aPublicRoomDoesNotExistForTheBannedUntilTheEnd() {
        RoomView banned = open.after(List.of(event(3, new MemberChange.Joined(BOB, Role.MEMBER)),
                event(4, new MemberChange.RoleChanged(BOB, Role.BANNED, Optional.of(SOON)))));
        assertThat(banned.role("bob")).isEqualTo(Role.NONE);
        assertThat(RoomPolicy.maySee(banned, "bob", NOW)).isFalse();
        assertThat(new JoinRoom("plaza", as(BOB)).decide(banned, NOTHING, NOW))
                .isEqualTo(new JoinRoom("plaza", as(BOB)).decideWithoutRoom(NOTHING));
        assertThat(refusal(new ChangeRole("plaza", as(ALICE), BOB, Role.MEMBER), banned)).as("invited").isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(new MuteUser("plaza", as(ALICE), BOB, SOON), banned)).isEqualTo(ErrorCode.CONFLICT);
        assertThat(RoomPolicy.maySee(banned, "bob", SOON)).isTrue();
        assertThat(new JoinRoom("plaza", as(BOB)).decide(banned, NOTHING, SOON))
                .isEqualTo(Decision.change(new MemberChange.Joined(BOB, Role.MEMBER)));
    }

    @Test
    void whoIsMutedReadsAndSpeaksAfterTheEnd() {
        RoomView muted = open.after(List.of(event(3, new MemberChange.Joined(BOB, Role.MEMBER)),
                event(4, new MemberChange.Muted(BOB, SOON))));
        RoomView again = muted.after(List.of(event(5, new MemberChange.Left(BOB)), event(6, new MemberChange.Joined(BOB, Role.MEMBER))));
        for (RoomView room : List.of(muted, again)) {
            assertThat(RoomPolicy.maySee(room, "bob", NOW)).isTrue();
            assertThat(RoomPolicy.posting(room, as(BOB), NOW).orElseThrow().code()).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(RoomPolicy.posting(room, as(BOB), SOON)).isEmpty();
        }
    }

    @Test
    void aGuestWhoLeavesComesBackAsAGuest() {
        RoomView guest = open.after(List.of(event(3, new MemberChange.Joined(BOB, Role.GUEST)), event(4, new MemberChange.Left(BOB))));
        assertThat(new JoinRoom("plaza", as(BOB)).decide(guest, NOTHING, NOW))
                .isEqualTo(Decision.change(new MemberChange.Joined(BOB, Role.GUEST)));
        RoomView promoted = guest.after(List.of(event(5, new MemberChange.Joined(BOB, Role.MEMBER)), event(6, new MemberChange.Left(BOB))));
        assertThat(new JoinRoom("plaza", as(BOB)).decide(promoted, NOTHING, NOW))
                .isEqualTo(Decision.change(new MemberChange.Joined(BOB, Role.MEMBER)));
    }

    @Test
    void aBanEndsInTimeToCome() {
        for (Instant until : List.of(NOW, NOW.minusSeconds(1), NOW.plus(RoomPolicy.LONGEST_RESTRICTION).plusSeconds(1), Instant.MAX)) {
            assertThat(refusal(new BanUser("plaza", as(ALICE), BOB, Optional.of(until)), open)).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(refusal(new MuteUser("plaza", as(ALICE), BOB, until), open)).isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    @Test
    void aClosedRoomDoesNotExistForAnyone() {
        RoomView closed = open.after(event(3, new RoomChange.Closed()));
        List<Proposal> all = new ArrayList<>(rulings(ALICE, "bob"));
        all.add(new JoinRoom("plaza", as(BOB)));
        all.add(new LeaveRoom("plaza", as(ALICE)));
        all.add(new CloseRoom("plaza", admin(ALICE)));
        all.add(new UpdateRoom("plaza", admin(ALICE), Optional.of("New"), Optional.empty(), Optional.empty()));
        assertThat(all).allSatisfy(proposal -> assertThat(refusal(proposal, closed)).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(RoomPolicy.posting(closed, as(ALICE), NOW)).contains(Problem.noSuchRoom());
    }

    @Test
    void restraintsThatEndedMakePlaceForOthers() {
        RoomView full = open;
        for (int n = 0; n < Restriction.MOST; n++) {
            User user = new User("user-" + n, "User " + n);
            full = full.after(event(full.offset() + 1, new MemberChange.Muted(user, n == 7 ? SOON : SOON.plusSeconds(60))));
        }
        BanUser banning = new BanUser("plaza", as(ALICE), BOB, Optional.empty());
        assertThat(refusal(banning, full)).isEqualTo(ErrorCode.CONFLICT);
        assertThat(banning.decide(full, NOTHING, SOON))
                .isEqualTo(new Decision.Changes(List.of(new MemberChange.Unmuted(new User("user-7", "User 7")),
                new MemberChange.RoleChanged(BOB, Role.BANNED, Optional.empty()))));
    }

    private static List<Proposal> rulings(User by, String user) {
        return List.of(new ChangeRole("room", as(by), new User(user, user), Role.GUEST), new RemoveMember("room", as(by), user),
                new BanUser("room", as(by), new User(user, user), Optional.empty()), new LiftBan("room", as(by), user),
                new MuteUser("room", as(by), new User(user, user), SOON), new LiftMute("room", as(by), user));
    }

    private static ErrorCode refusal(Proposal proposal, RoomView room) {
        return ((Decision.Refused) proposal.decide(room, NOTHING, NOW)).problem().code();
    }

    private static RoomEvent event(long offset, Change change) {
        return new RoomEvent("room", offset, Instant.EPOCH, ALICE, change);
    }

    private static Actor as(User user) {
        return new Actor(user, false);
    }

    private static Actor admin(User user) {
        return new Actor(user, true);
    }
}
