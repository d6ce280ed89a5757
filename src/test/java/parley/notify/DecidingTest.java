package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.notify.ARoom.ALICE;
import static parley.notify.ARoom.AT;
import static parley.notify.ARoom.BOB;
import static parley.notify.ARoom.CAROL;
import static parley.notify.ARoom.START;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import parley.people.QuietHours;
import parley.protocol.CallChange;
import parley.protocol.Level;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.User;
import parley.protocol.Why;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/** Whom an event notifies, and why. */
class DecidingTest {

    private static final User STRANGER = new User("stranger", "Stranger");

    private final RoomView room = ARoom.of(RoomKind.PRIVATE);

    private Map<String, EnumSet<Why>> candidates(RoomEvent event, List<String> thread, List<String> keyword) {
        return candidates(room, event, thread, keyword);
    }

    private static Map<String, EnumSet<Why>> candidates(RoomView room, RoomEvent event, List<String> thread, List<String> keyword) {
        return Deciding.candidates(room.after(event), event, thread, keyword, AT);
    }

    @Test
    void nobodyIsNotifiedOfTheirOwnMessage() {
        assertThat(candidates(ARoom.says(5, ALICE, "me", "alice"), List.of("alice"), List.of("alice"))).isEmpty();
    }

    @Test
    void peopleWhoCantReadTheRoomAreNotNotified() {
        assertThat(candidates(ARoom.says(5, ALICE, "you", "stranger"), List.of("stranger"), List.of("stranger"))).isEmpty();
        RoomView banned = ARoom.of(RoomKind.PUBLIC).after(ARoom.bans(5, ALICE, BOB));
        assertThat(candidates(banned, ARoom.says(6, ALICE, "you", "bob"), List.of("bob"), List.of("bob"))).isEmpty();
        RoomView closed = ARoom.of(RoomKind.PUBLIC).after(ARoom.event(5, ALICE, new RoomChange.Closed()));
        assertThat(Deciding.candidates(closed, ARoom.says(5, ALICE, "you", "bob"), List.of(), List.of(), AT)).isEmpty();
    }

    @Test
    void inAPublicRoomOnlyAMentionReachesPeopleWhoAreNoMembers() {
        RoomView open = ARoom.of(RoomKind.PUBLIC);
        assertThat(candidates(open, ARoom.says(5, ALICE, "you", "stranger"), List.of(), List.of()))
                .isEqualTo(Map.of("stranger", EnumSet.of(Why.MENTION)));
        assertThat(candidates(open, ARoom.replies(5, ALICE, 1), List.of("stranger"), List.of("stranger"))).isEmpty();
    }

    @Test
    void aMentionAReplyAndAKeywordNotify() {
        assertThat(candidates(ARoom.replies(5, ALICE, 1, "bob"), List.of("bob", "carol"), List.of("carol"))).isEqualTo(Map.of(
                "bob", EnumSet.of(Why.MENTION, Why.REPLY), "carol", EnumSet.of(Why.REPLY, Why.KEYWORD)));
    }

    @Test
    void everyoneMentionsAllOtherMembers() {
        assertThat(candidates(ARoom.mentionsEveryone(5, ALICE), List.of(), List.of()).keySet()).containsExactlyInAnyOrder("bob", "carol");
    }

    @Test
    void anEditNotifiesThoseItMentions() {
        RoomEvent edit = ARoom.event(5, ALICE, new MessageChange.Edited(4, "bob", List.of("bob"), false));
        assertThat(candidates(edit, List.of(), List.of("carol"))).isEqualTo(Map.of("bob", EnumSet.of(Why.MENTION)));
    }

    @Test
    void aDeletedMessageNotifiesNobody() {
        RoomEvent posted = ARoom.event(5, ALICE, new MessageChange.Posted("", "k", 0, false, List.of("bob"), true, true));
        RoomEvent edited = ARoom.event(5, ALICE, new MessageChange.Edited(4, "", List.of("bob"), true));
        assertThat(candidates(posted, List.of("bob"), List.of("bob"))).isEmpty();
        assertThat(candidates(edited, List.of(), List.of())).isEmpty();
    }

    @Test
    void onlyAnInvitationByAnotherPersonNotifies() {
        RoomEvent invited = ARoom.event(5, ALICE, new MemberChange.Joined(STRANGER, Role.MEMBER));
        RoomEvent joined = ARoom.event(5, STRANGER, new MemberChange.Joined(STRANGER, Role.MEMBER));
        assertThat(candidates(invited, List.of(), List.of())).isEqualTo(Map.of("stranger", EnumSet.of(Why.INVITED)));
        assertThat(candidates(joined, List.of(), List.of())).isEmpty();
    }

    @Test
    void aStartedCallNotifiesTheOtherMembersOfASmallRoom() {
        RoomEvent started = ARoom.event(5, ALICE, new CallChange.Started("c"));
        assertThat(candidates(started, List.of(), List.of())).isEqualTo(Map.of("bob", EnumSet.of(Why.CALL), "carol", EnumSet.of(Why.CALL)));
        assertThat(Deciding.matters(room, started, text -> false)).isTrue();
        RoomEvent ended = ARoom.event(6, ALICE, new CallChange.Ended("c", 1, List.of(ALICE)));
        assertThat(candidates(room.after(started), ended, List.of(), List.of())).isEmpty();
        RoomView large = room;
        for (int i = 0; i <= RoomPolicy.MOST_MENTIONED; i++) {
            large = large.after(ARoom.event(large.offset() + 1, ALICE, new MemberChange.Joined(new User("u" + i, "U"), Role.MEMBER)));
        }
        assertThat(candidates(large, ARoom.event(large.offset() + 1, ALICE, new CallChange.Started("c")), List.of(), List.of())).isEmpty();
    }

    static Stream<Attention> refusals() {
        ZoneId utc = ZoneId.of("UTC");
        return Stream.of(new Attention(Optional.of(Level.NOTHING), false, Optional.empty(), Set.of()),
                new Attention(Optional.of(Level.ALL), true, Optional.empty(), Set.of()),
                new Attention(Optional.of(Level.ALL), false, Optional.of(new QuietHours(LocalTime.of(12, 0), LocalTime.of(12, 1), utc)),
                        Set.of()),
                new Attention(Optional.of(Level.ALL), false, Optional.empty(), Set.of("alice")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whoDoesNotWantToBeDisturbedIsNotNotified(Attention attention) {
        assertThat(Deciding.decide(EnumSet.of(Why.MENTION, Why.REPLY, Why.CALL), attention, room, ALICE, AT)).isEmpty();
    }

    @Test
    void outsideTheQuietHoursPeopleAreNotified() {
        QuietHours later = new QuietHours(LocalTime.of(12, 1), LocalTime.of(12, 0), ZoneId.of("UTC"));
        Attention attention = new Attention(Optional.empty(), false, Optional.of(later), Set.of());
        assertThat(Deciding.decide(EnumSet.of(Why.MENTION), attention, room, ALICE, AT)).contains(Why.MENTION);
    }

    @Test
    void eachMessageOfADirectRoomNotifiesUnlessItsLevelSaysOtherwise() {
        RoomView direct = ARoom.of(RoomKind.DIRECT);
        assertThat(candidates(direct, ARoom.says(5, ALICE, "hello"), List.of(), List.of()))
                .isEqualTo(Map.of("bob", EnumSet.of(Why.DIRECT), "carol", EnumSet.of(Why.DIRECT)));
        assertThat(Deciding.decide(EnumSet.of(Why.DIRECT), Attention.USUAL, direct, ALICE, AT)).contains(Why.DIRECT);
        RoomEvent joined = ARoom.event(5, ALICE, new MemberChange.Joined(STRANGER, Role.MEMBER));
        assertThat(candidates(direct, joined, List.of(), List.of())).isEmpty();
        assertThat(Deciding.matters(direct, ARoom.says(5, ALICE, "hello"), text -> false)).isTrue();
    }

    @Test
    void aBlockConcernsOnlyTheBlockedPerson() {
        Attention blocksBob = new Attention(Optional.empty(), false, Optional.empty(), Set.of("bob"));
        assertThat(Deciding.decide(EnumSet.of(Why.MENTION), blocksBob, room, ALICE, AT)).contains(Why.MENTION);
        assertThat(Deciding.decide(EnumSet.of(Why.MENTION), blocksBob, room, BOB, AT)).isEmpty();
    }

    @Test
    void aMutedRoomStillInvites() {
        Attention muted = new Attention(Optional.of(Level.NOTHING), false, Optional.empty(), Set.of());
        assertThat(Deciding.decide(EnumSet.of(Why.INVITED), muted, room, ALICE, AT)).contains(Why.INVITED);
    }

    @ParameterizedTest
    @EnumSource(names = {"MENTION", "REPLY", "KEYWORD", "CALL"})
    void theUsualLevelLetsPersonalReasonsThrough(Why why) {
        assertThat(Deciding.decide(EnumSet.of(why), Attention.USUAL, room, ALICE, AT)).contains(why);
    }

    @Test
    void theFirstReasonThatTheLevelAllowsCounts() {
        Attention mentions = new Attention(Optional.of(Level.MENTIONS), false, Optional.empty(), Set.of());
        Attention all = new Attention(Optional.of(Level.ALL), false, Optional.empty(), Set.of());
        assertThat(Deciding.decide(EnumSet.of(Why.DIRECT, Why.KEYWORD), mentions, room, ALICE, AT)).contains(Why.KEYWORD);
        assertThat(Deciding.decide(EnumSet.of(Why.DIRECT, Why.KEYWORD), all, room, ALICE, AT)).contains(Why.DIRECT);
        assertThat(Deciding.decide(EnumSet.of(Why.DIRECT), mentions, room, ALICE, AT)).isEmpty();
    }

    @Test
    void mostEventsDontMatter() {
        RoomEvent reaction = ARoom.event(5, ALICE, new MessageChange.ReactionAdded(4, "👍"));
        assertThat(Stream.of(ARoom.says(5, ALICE, "hello"), reaction,
                ARoom.event(5, ALICE, new MemberChange.Muted(BOB, AT)),
                ARoom.event(5, ALICE, new MessageChange.Edited(4, "t", List.of(), false)))
                .filter(event -> Deciding.matters(room, event, text -> false))).isEmpty();
        assertThat(Stream.of(ARoom.says(5, ALICE, "hello", "bob"), ARoom.mentionsEveryone(5, ALICE), ARoom.replies(5, ALICE, 4),
                ARoom.event(5, ALICE, new MessageChange.Deleted(4, 0)), ARoom.event(5, CAROL, new MemberChange.Left(CAROL)),
                ARoom.bans(5, ALICE, BOB), ARoom.event(5, ALICE, new RoomChange.Closed()))
                .filter(event -> !Deciding.matters(room, event, text -> false))).isEmpty();
        assertThat(Deciding.matters(room, ARoom.says(5, ALICE, "hello"), text -> text.equals("hello"))).isTrue();
    }

    @Test
    void aBatchTakesBackItsOwnNotifications() {
        RoomEvent mention = ARoom.says(START + 1, ALICE, "bob and carol", "bob", "carol");
        RoomEvent reply = ARoom.replies(START + 2, ALICE, 1);
        Withdrawing.Gone gone = Withdrawing.gone(List.of(mention, reply,
                ARoom.event(START + 3, ALICE, new MessageChange.Deleted(START + 2, 1)),
                ARoom.event(START + 4, BOB, new MemberChange.Left(BOB))));

        assertThat(gone.includes(mention, START + 1, "bob")).as("bob left later").isTrue();
        assertThat(gone.includes(mention, START + 1, "carol")).isFalse();
        assertThat(gone.includes(reply, START + 2, "carol")).as("deleted").isTrue();
        RoomEvent again = ARoom.event(START + 5, ALICE, new MemberChange.Joined(BOB, Role.MEMBER));
        assertThat(gone.includes(again, START + 5, "bob")).as("invited after leaving").isFalse();
        assertThat(Withdrawing.gone(List.of(mention, ARoom.event(START + 2, ALICE, new RoomChange.Closed())))
                .includes(mention, START + 1, "carol")).as("closed").isTrue();
    }
}
