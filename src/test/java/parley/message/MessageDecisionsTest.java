package parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.Change;
import parley.protocol.ErrorCode;
import parley.protocol.LinkPreview;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Posting;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.Decision;
import parley.room.ExactMessage;
import parley.room.NothingKnown;
import parley.room.Proposal;
import parley.room.RoomView;
import parley.room.RuleAction;
import parley.room.Verdict;

/** Posting, editing, deleting, reacting, pinning and removing previews, decided against a room whose messages are the fold of its log. */
class MessageDecisionsTest {

    private static final User ALICE = new User("alice", "Alice");
    private static final User BOB = new User("bob", "Bob");
    private static final User CAROL = new User("carol", "Carol");
    private static final Actor ADMINISTRATOR = new Actor(new User("root", "Root"), true);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Optional<Duration> ALWAYS = Optional.empty();
    private static final LinkPreview PLAN = new LinkPreview("https://a.example/plan", "The plan", "", "");
    private static final LinkPreview WIKI = new LinkPreview("https://a.example/wiki", "", "All of it", "p");

    private final List<RoomEvent> log = new ArrayList<>();
    private RoomView room = RoomView.empty("plaza", "e1");
    private Verdict verdict = Verdict.ALLOWED;

    /** Alice owns the room, bob and carol are members; carol posted offset 4, and bob answered it at offset 5. */
    MessageDecisionsTest() {
        happened(ALICE, new RoomChange.Updated(RoomProfile.open("Plaza")));
        happened(ALICE, new MemberChange.Joined(ALICE, Role.OWNER));
        happened(BOB, new MemberChange.Joined(BOB, Role.MEMBER));
        happened(CAROL, new MessageChange.Posted("first", "known", 0, false, List.of(), false, false));
        happened(BOB, new MessageChange.Posted("answer", "k", 4, false, List.of("alice"), false, false));
        happened(CAROL, new MemberChange.Joined(CAROL, Role.MEMBER));
    }

    // Posting

    @Test
    void refusesPostsOfPeopleWhoAreNotMembers() {
        assertThat(refusal(posting(new User("stranger", "Stranger"), "k", 0))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void aFormerMemberLearnsNothingFromAKnownKey() {
        happened(CAROL, new MemberChange.Left(CAROL));
        assertThat(refusal(posting(CAROL, "known", 0))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void refusesAThreadThatIsNoMessageOrIsAReplyItself() {
        assertThat(refusal(posting(CAROL, "new", 2))).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal(posting(CAROL, "new", 99))).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal(posting(CAROL, "new", 5))).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void theSameKeyOfTheSameAuthorIsTheSameMessage() {
        assertThat(decision(posting(CAROL, "known", 0))).isEqualTo(new Decision.Already(4));
    }

    @Test
    void onlyPeopleWhoCanReadTheRoomAreMentioned() {
        happened(ALICE, new MemberChange.RoleChanged(BOB, Role.BANNED, Optional.empty()));
        assertThat(change(new PostMessage("plaza", as(CAROL), "new", "hi", 4, true, List.of("bob", "alice", "alice"), false)))
                .isEqualTo(new MessageChange.Posted("hi", "new", 4, true, List.of("alice"), false, false));
    }

    @Test
    void mentioningEveryoneIsForModeratorsInLargeRooms() {
        PostMessage toAll = new PostMessage("plaza", as(CAROL), "new", "hi", 0, false, List.of(), true);
        assertThat(change(toAll)).isEqualTo(new MessageChange.Posted("hi", "new", 0, false, List.of(), true, false));
        IntStream.range(0, 48).mapToObj(n -> new User("member" + n, "Member")).forEach(user ->
                happened(user, new MemberChange.Joined(user, Role.MEMBER)));
        assertThat(refusal(toAll)).as("51 members").isEqualTo(ErrorCode.FORBIDDEN);
        happened(ALICE, new MemberChange.RoleChanged(CAROL, Role.MODERATOR, Optional.empty()));
        assertThat(change(toAll)).isInstanceOf(MessageChange.Posted.class);
    }

    @Test
    void onlyModeratorsPostInARoomForAnnouncements() {
        rules(Posting.Who.MODERATORS, 0);
        assertThat(refusal(posting(CAROL, "new", 0))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal(posting(CAROL, "new", 4))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(change(posting(ALICE, "new", 0))).isInstanceOf(MessageChange.Posted.class);
        assertThat(decision(posting(CAROL, "known", 0))).as("a repetition").isEqualTo(new Decision.Already(4));
        rules(Posting.Who.THREADS, 0);
        assertThat(refusal(posting(CAROL, "new", 0))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal(new PostMessage("plaza", as(CAROL), "new", "hi", 4, true, List.of(), false))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(change(posting(CAROL, "new", 4))).isInstanceOf(MessageChange.Posted.class);
    }

    @Test
    void aPersonWaitsInASlowRoom() {
        rules(Posting.Who.EVERYONE, 30);
        Decision early = decision(posting(CAROL, "new", 0), NOW.plusMillis(29_999));
        assertThat(refusal(early)).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(((Decision.Refused) early).problem().retryAfter()).isOne();
        assertThat(change(posting(CAROL, "new", 0), NOW.plusSeconds(30))).isInstanceOf(MessageChange.Posted.class);
        assertThat(change(posting(ALICE, "new", 0))).as("an owner").isInstanceOf(MessageChange.Posted.class);
        happened(ALICE, new MemberChange.RoleChanged(CAROL, Role.MODERATOR, Optional.empty()));
        assertThat(change(posting(CAROL, "new", 0))).as("a moderator").isInstanceOf(MessageChange.Posted.class);
    }

    private void rules(Posting.Who who, int slow) {
        happened(ALICE, new RoomChange.Updated(new RoomProfile("Plaza", RoomKind.PUBLIC, "", Retention.FOREVER, new Posting(who, slow))));
    }

    // Rules about texts

    @Test
    void aRuleRefusesHoldsOrReportsAMessage() {
        verdict = new Verdict(RuleAction.BLOCK, "pattern");
        assertThat(refusal(posting(CAROL, "new", 0))).isEqualTo(ErrorCode.REFUSED_TEXT);
        assertThat(((Decision.Refused) decision(posting(CAROL, "new", 0))).problem().message()).doesNotContain("pattern");
        assertThat(refusal(posting(new User("stranger", "Stranger"), "new", 0))).as("the room comes first").isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(decision(posting(CAROL, "known", 0))).as("a repetition").isEqualTo(new Decision.Already(4));
        verdict = new Verdict(RuleAction.HOLD, "pattern");
        MessageChange.Posted post = new MessageChange.Posted("hi", "new", 0, false, List.of(), false, false);
        assertThat(decision(posting(CAROL, "new", 0))).isEqualTo(new Decision.Held(post, "pattern"));
        assertThat(decision(posting(ALICE, "new", 0))).as("an owner").isEqualTo(new Decision.Held(post, "pattern"));
        verdict = new Verdict(RuleAction.FLAG, "pattern");
        assertThat(decision(posting(CAROL, "new", 0)))
                .isEqualTo(new Decision.Changes(List.of(post), Optional.empty(), Optional.of("pattern")));
    }

    @Test
    void anEditToATextThatARuleBlocksOrHoldsIsRefused() {
        EditMessage edit = new EditMessage("plaza", as(CAROL), 4, "other", Optional.empty(), ALWAYS);
        for (RuleAction action : List.of(RuleAction.BLOCK, RuleAction.HOLD)) {
            verdict = new Verdict(action, "pattern");
            assertThat(refusal(edit)).isEqualTo(ErrorCode.REFUSED_TEXT);
        }
        verdict = new Verdict(RuleAction.FLAG, "pattern");
        assertThat(((Decision.Changes) decision(edit)).flagged()).contains("pattern");
    }

    @Test
    void nothingWaitsWhereNobodyModeratesOrNothingIsStored() {
        happened(ALICE, new RoomChange.Updated(new RoomProfile("Plaza", RoomKind.PUBLIC, "", Retention.NONE)));
        verdict = new Verdict(RuleAction.HOLD, "pattern");
        assertThat(refusal(posting(CAROL, "new", 0))).isEqualTo(ErrorCode.REFUSED_TEXT);
        verdict = new Verdict(RuleAction.FLAG, "pattern");
        assertThat(((Decision.Changes) decision(posting(CAROL, "new", 0))).flagged()).isEmpty();
    }

    @Test
    void onlyModeratorsOfTheRoomApproveMessagesOfOthers() {
        PostMessage waiting = posting(CAROL, "new", 0);
        assertThat(refusal(new PostApproved(waiting, as(BOB)))).isEqualTo(ErrorCode.FORBIDDEN);
        happened(ALICE, new MemberChange.RoleChanged(CAROL, Role.MODERATOR, Optional.empty()));
        assertThat(refusal(new PostApproved(waiting, as(CAROL)))).as("her own").isEqualTo(ErrorCode.FORBIDDEN);
        happened(ALICE, new MemberChange.RoleChanged(CAROL, Role.MEMBER, Optional.empty()));
        verdict = new Verdict(RuleAction.HOLD, "pattern");
        assertThat(change(new PostApproved(waiting, as(ALICE)))).isInstanceOf(MessageChange.Posted.class);
        assertThat(decision(new PostApproved(posting(CAROL, "known", 0), as(ALICE)))).as("again").isEqualTo(new Decision.Already(4));
        rules(Posting.Who.EVERYONE, 30);
        assertThat(change(new PostApproved(waiting, as(ALICE)))).as("a slow room").isInstanceOf(MessageChange.Posted.class);
        happened(CAROL, new MemberChange.Left(CAROL));
        assertThat(refusal(new PostApproved(waiting, as(ALICE)))).as("an author who left").isEqualTo(ErrorCode.FORBIDDEN);
    }

    // Editing

    @Test
    void refusesEditsOfOtherPeoplesMessages() {
        assertThat(List.of(ALICE, BOB)).allSatisfy(user -> assertThat(refusal(editing(user, "changed"))).isEqualTo(ErrorCode.FORBIDDEN));
        assertThat(refusal(new EditMessage("plaza", ADMINISTRATOR, 4, "changed", Optional.empty(), ALWAYS))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void refusesEditsOfMutedPeopleAndOfDeletedOrMissingMessages() {
        assertThat(refusal(new EditMessage("plaza", as(CAROL), 2, "changed", Optional.empty(), ALWAYS))).isEqualTo(ErrorCode.NOT_FOUND);
        happened(CAROL, new MessageChange.Deleted(4, 0));
        assertThat(refusal(editing(CAROL, "changed"))).isEqualTo(ErrorCode.GONE);
        happened(ALICE, new MemberChange.Muted(CAROL, NOW.plusSeconds(60)));
        assertThat(refusal(editing(CAROL, "changed"))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void refusesEditsAfterTheTimeForThem() {
        Optional<Duration> aMinute = Optional.of(Duration.ofMinutes(1));
        assertThat(change(new EditMessage("plaza", as(CAROL), 4, "changed", Optional.empty(), aMinute), NOW.plusSeconds(60)))
                .isInstanceOf(MessageChange.Edited.class);
        assertThat(refusal(decision(new EditMessage("plaza", as(CAROL), 4, "changed", Optional.empty(), aMinute),
                NOW.plusSeconds(60).plusMillis(1)))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void anEditKeepsTheMentionsUnlessItNamesOthers() {
        assertThat(change(new EditMessage("plaza", as(BOB), 5, "changed", Optional.empty(), ALWAYS)))
                .isEqualTo(new MessageChange.Edited(5, "changed", List.of("alice"), false));
        assertThat(change(new EditMessage("plaza", as(BOB), 5, "changed", Optional.of(List.of("carol")), ALWAYS)))
                .isEqualTo(new MessageChange.Edited(5, "changed", List.of("carol"), false));
        assertThat(change(new EditMessage("plaza", as(BOB), 5, "answer", Optional.of(List.of()), ALWAYS)))
                .isEqualTo(new MessageChange.Edited(5, "answer", List.of(), false));
    }

    @Test
    void theSameTextChangesNothing() {
        assertThat(decision(editing(CAROL, "first"))).isEqualTo(new Decision.Already(6));
        happened(CAROL, new MessageChange.Edited(4, "changed", List.of(), false));
        assertThat(decision(editing(CAROL, "changed"))).isEqualTo(new Decision.Already(7));
        assertThat(change(editing(CAROL, "first"))).isEqualTo(new MessageChange.Edited(4, "first", List.of(), false));
    }

    @Test
    void aMessageIsEditedAtMostAThousandTimes() {
        IntStream.range(1, EditMessage.MOST_EDITS)
                .forEach(n -> happened(CAROL, new MessageChange.Edited(4, "edit " + n, List.of(), false)));
        assertThat(change(editing(CAROL, "the last one"))).isInstanceOf(MessageChange.Edited.class);
        happened(CAROL, new MessageChange.Edited(4, "the last one", List.of(), false));
        assertThat(refusal(editing(CAROL, "one too many"))).isEqualTo(ErrorCode.CONFLICT);
    }

    // Deleting

    @Test
    void theDeletionOfAReplyNamesItsThread() {
        assertThat(change(new DeleteMessage("plaza", as(BOB), 5))).isEqualTo(new MessageChange.Deleted(5, 4));
    }

    @Test
    void refusesDeletionsByPeopleOfTheSameRole() {
        assertThat(refusal(deleting(as(BOB)))).isEqualTo(ErrorCode.FORBIDDEN);
        happened(ALICE, new MemberChange.RoleChanged(BOB, Role.MODERATOR, Optional.empty()));
        happened(ALICE, new MemberChange.RoleChanged(CAROL, Role.MODERATOR, Optional.empty()));
        assertThat(refusal(deleting(as(BOB)))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void authorsPeopleAboveThemAndAdministratorsDelete() {
        happened(ALICE, new MemberChange.RoleChanged(BOB, Role.MODERATOR, Optional.empty()));
        assertThat(List.of(as(CAROL), as(BOB), as(ALICE), ADMINISTRATOR)).allSatisfy(actor ->
                assertThat(change(deleting(actor))).isEqualTo(new MessageChange.Deleted(4, 0)));
        happened(CAROL, new MemberChange.Left(CAROL));
        assertThat(change(deleting(as(BOB)))).as("of a former member").isEqualTo(new MessageChange.Deleted(4, 0));
    }

    @Test
    void mutedPeopleDeleteTheirMessages() {
        happened(ALICE, new MemberChange.Muted(CAROL, NOW.plusSeconds(60)));
        assertThat(change(deleting(as(CAROL)))).isEqualTo(new MessageChange.Deleted(4, 0));
    }

    @Test
    void bannedPeopleDeleteNothing() {
        happened(ALICE, new MemberChange.RoleChanged(CAROL, Role.BANNED, Optional.empty()));
        assertThat(refusal(deleting(as(CAROL)))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aDeletedMessageIsDeletedOnce() {
        happened(CAROL, new MessageChange.Deleted(4, 0));
        assertThat(decision(deleting(as(CAROL)))).isEqualTo(new Decision.Already(7));
    }

    @Test
    void theAuditKnowsWhoseMessageWasDeleted() {
        assertThat(((Decision.Changes) decision(deleting(as(ALICE)))).concerns()).contains("carol");
    }

    // Reacting

    @Test
    void refusesReactionsOfPeopleWhoCantPost() {
        happened(ALICE, new MemberChange.RoleChanged(BOB, Role.GUEST, Optional.empty()));
        assertThat(refusal(reacting(BOB, "👍", true))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal(reacting(new User("stranger", "Stranger"), "👍", true))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void aReactionIsAddedAndTakenBackOnce() {
        assertThat(decision(reacting(BOB, "👍", false))).isEqualTo(new Decision.Already(6));
        assertThat(change(reacting(BOB, "👍", true))).isEqualTo(new MessageChange.ReactionAdded(4, "👍"));
        happened(BOB, new MessageChange.ReactionAdded(4, "👍"));
        assertThat(decision(reacting(BOB, "👍", true))).isEqualTo(new Decision.Already(7));
        assertThat(change(reacting(ALICE, "👍", true))).isEqualTo(new MessageChange.ReactionAdded(4, "👍"));
        assertThat(change(reacting(BOB, "👍", false))).isEqualTo(new MessageChange.ReactionRemoved(4, "👍"));
    }

    @Test
    void aMessageHasAtMostTwentyDifferentEmoji() {
        IntStream.range(0, React.MOST_EMOJIS)
                .forEach(n -> happened(BOB, new MessageChange.ReactionAdded(4, Character.toString(0x1f600 + n))));
        assertThat(refusal(reacting(ALICE, "👍", true))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(change(reacting(ALICE, "😀", true))).isEqualTo(new MessageChange.ReactionAdded(4, "😀"));
    }

    @Test
    void aDeletedMessageGetsNoReactionAndNoPin() {
        happened(CAROL, new MessageChange.Deleted(4, 0));
        assertThat(refusal(reacting(BOB, "👍", true))).isEqualTo(ErrorCode.GONE);
        assertThat(refusal(new PinMessage("plaza", as(BOB), 4, true))).isEqualTo(ErrorCode.GONE);
        assertThat(decision(new PinMessage("plaza", as(BOB), 4, false))).isEqualTo(new Decision.Already(7));
    }

    // Pinning

    @Test
    void aMessageIsPinnedAndUnpinnedOnce() {
        assertThat(decision(new PinMessage("plaza", as(BOB), 4, false))).isEqualTo(new Decision.Already(6));
        assertThat(change(new PinMessage("plaza", as(BOB), 4, true))).isEqualTo(new MessageChange.Pinned(4));
        happened(BOB, new MessageChange.Pinned(4));
        assertThat(decision(new PinMessage("plaza", as(CAROL), 4, true))).isEqualTo(new Decision.Already(7));
        assertThat(change(new PinMessage("plaza", as(CAROL), 4, false))).isEqualTo(new MessageChange.Unpinned(4));
    }

    @Test
    void aRoomHasAtMostAHundredPins() {
        IntStream.range(0, PinMessage.MOST_PINS).forEach(n -> {
            happened(BOB, new MessageChange.Posted("t", "key" + n, 0, false, List.of(), false, false));
            happened(BOB, new MessageChange.Pinned(log.size()));
        });
        assertThat(refusal(new PinMessage("plaza", as(BOB), 4, true))).isEqualTo(ErrorCode.CONFLICT);
        happened(BOB, new MessageChange.Deleted(7, 0));
        assertThat(change(new PinMessage("plaza", as(BOB), 4, true))).as("after a pinned message was deleted")
                .isEqualTo(new MessageChange.Pinned(4));
    }

    // Previews

    @Test
    void onlyAuthorsRemovePreviewsAlsoWhileTheyAreMuted() {
        happened(CAROL, previewed(PLAN, WIKI));
        for (Actor other : List.of(as(ALICE), as(BOB), ADMINISTRATOR)) {
            assertThat(refusal(new RemovePreview("plaza", other, 4, PLAN.url()))).isEqualTo(ErrorCode.FORBIDDEN);
        }
        happened(ALICE, new MemberChange.Muted(CAROL, NOW.plusSeconds(60)));
        assertThat(change(new RemovePreview("plaza", as(CAROL), 4, PLAN.url())))
                .isEqualTo(new MessageChange.Previewed(4, List.of(WIKI), true));
        happened(ALICE, new MemberChange.RoleChanged(CAROL, Role.BANNED, Optional.empty()));
        assertThat(refusal(new RemovePreview("plaza", as(CAROL), 4, PLAN.url()))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aPreviewIsRemovedOnce() {
        assertThat(decision(new RemovePreview("plaza", as(CAROL), 4, PLAN.url()))).isEqualTo(new Decision.Already(6));
        happened(CAROL, previewed(PLAN));
        assertThat(change(new RemovePreview("plaza", as(CAROL), 4, PLAN.url()))).isEqualTo(new MessageChange.Previewed(4, List.of(), true));
        happened(CAROL, new MessageChange.Deleted(4, 0));
        assertThat(refusal(new RemovePreview("plaza", as(CAROL), 4, PLAN.url()))).isEqualTo(ErrorCode.GONE);
    }

    @Test
    void anEditKeepsThePreviewsOfLinksThatAreStillThere() {
        happened(CAROL, previewed(PLAN, WIKI));
        assertThat(((MessageChange.Edited) change(editing(CAROL, "Look: " + WIKI.url()))).previews()).containsExactly(WIKI);
        assertThat(((MessageChange.Edited) change(editing(CAROL, "`" + WIKI.url() + "`"))).previews()).isEmpty();
    }

    private static MessageChange.Previewed previewed(LinkPreview... previews) {
        return new MessageChange.Previewed(4, List.of(previews), false);
    }

    private void happened(User by, Change change) {
        RoomEvent event = new RoomEvent("plaza", log.size() + 1, NOW, by, change);
        log.add(event);
        room = room.after(event);
    }

    private Change change(Proposal proposal) {
        return change(proposal, NOW);
    }

    private Change change(Proposal proposal, Instant now) {
        Decision decision = decision(proposal, now);
        assertThat(decision).isInstanceOf(Decision.Changes.class);
        return ((Decision.Changes) decision).changes().getFirst();
    }

    private ErrorCode refusal(Proposal proposal) {
        return refusal(decision(proposal));
    }

    private static ErrorCode refusal(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).problem().code();
    }

    private Decision decision(Proposal proposal) {
        return decision(proposal, NOW);
    }

    private Decision decision(Proposal proposal, Instant now) {
        return proposal.decide(room, new Folded(), now);
    }

    /** The messages of the log above. */
    private final class Folded extends NothingKnown {

        @Override
        public Verdict verdict(RoomView view, String text) {
            return verdict;
        }

        @Override
        public OptionalLong posted(RoomView view, String author, String key) {
            return log.stream().filter(event -> event.by().id().equals(author)
                    && event.change() instanceof MessageChange.Posted posted && posted.key().equals(key)).mapToLong(RoomEvent::offset)
                            .findFirst();
        }

        @Override
        public Optional<Instant> lastPosted(RoomView view, String author, Instant since) {
            return log.reversed().stream().filter(event -> event.by().id().equals(author)
                    && event.change() instanceof MessageChange.Posted && !event.at().isBefore(since)).map(RoomEvent::at).findFirst();
        }

        @Override
        public Optional<ExactMessage> message(RoomView view, long offset) {
            return FoldedMessage.of(offset, log);
        }

        @Override
        public int pins(RoomView view) {
            return (int) log.stream().filter(event -> FoldedMessage.of(event.offset(), log).filter(ExactMessage::pinned).isPresent())
                    .count();
        }
    }

    private static PostMessage posting(User by, String key, long thread) {
        return new PostMessage("plaza", as(by), key, "hi", thread, false, List.of(), false);
    }

    private static EditMessage editing(User by, String text) {
        return new EditMessage("plaza", as(by), 4, text, Optional.empty(), ALWAYS);
    }

    private static DeleteMessage deleting(Actor by) {
        return new DeleteMessage("plaza", by, 4);
    }

    private static React reacting(User by, String emoji, boolean add) {
        return new React("plaza", as(by), 4, emoji, add);
    }

    private static Actor as(User user) {
        return new Actor(user, false);
    }
}
