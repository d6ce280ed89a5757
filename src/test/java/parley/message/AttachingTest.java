package parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.AttachedFile;
import parley.protocol.Change;
import parley.protocol.ErrorCode;
import parley.protocol.LinkPreview;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.ExactMessage;
import parley.room.NothingKnown;
import parley.room.Proposal;
import parley.room.RoomView;

/** What is decided about the files of a message. The author owns the ready files one and two. */
class AttachingTest {

    private static final User ALICE = new User("alice", "Alice");
    private static final Actor AUTHOR = new Actor(ALICE, false);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final AttachedFile ONE = file("one");
    private static final AttachedFile TWO = file("two");

    private RoomView room = RoomView.empty("plaza", "e1");
    private OptionalLong storedBefore = OptionalLong.empty();

    AttachingTest() {
        happened(new RoomChange.Updated(RoomProfile.open("Plaza")));
        happened(new MemberChange.Joined(ALICE, Role.OWNER));
        happened(new MessageChange.Posted("first", "known", 0, false, List.of(), false, false, List.of(ONE)));
    }

    private final class Known extends NothingKnown {

        @Override
        public OptionalLong postedEver(RoomView view, String author, String key) {
            return storedBefore;
        }

        @Override
        public List<AttachedFile> attachable(RoomView view, String owner, List<String> ids) {
            return List.of(ONE, TWO).stream().filter(file -> owner.equals("alice") && ids.contains(file.id())).toList();
        }

        @Override
        public Optional<ExactMessage> message(RoomView view, long offset) {
            return FoldedMessage.of(offset, List.of(new RoomEvent("plaza", 3, NOW, ALICE,
                    new MessageChange.Posted("first", "known", 0, false, List.of(), false, false)))).map(Carrying::new);
        }
    }

    /** The same message with file one. */
    private record Carrying(ExactMessage message) implements ExactMessage {

        @Override
        public List<AttachedFile> files() {
            return List.of(ONE);
        }

        @Override
        public List<LinkPreview> previews() {
            return List.of();
        }

        @Override
        public boolean previewsRemoved() {
            return false;
        }

        @Override
        public String author() {
            return message.author();
        }

        @Override
        public Instant at() {
            return message.at();
        }

        @Override
        public long thread() {
            return message.thread();
        }

        @Override
        public String text() {
            return message.text();
        }

        @Override
        public List<String> mentions() {
            return message.mentions();
        }

        @Override
        public boolean deleted() {
            return message.deleted();
        }

        @Override
        public int edits() {
            return message.edits();
        }

        @Override
        public boolean pinned() {
            return message.pinned();
        }

        @Override
        public boolean hasReaction(String user, String emoji) {
            return message.hasReaction(user, emoji);
        }

        @Override
        public int emojis() {
            return message.emojis();
        }

        @Override
        public boolean hasEmoji(String emoji) {
            return message.hasEmoji(emoji);
        }
    }

    @Test
    void refusesUnknownFilesAndTheSameFileTwice() {
        assertThat(refusal(posting("two", "three"))).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal(posting("two", "two"))).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void refusesFilesInARoomThatStoresNoMessages() {
        happened(new RoomChange.Updated(new RoomProfile("Plaza", RoomKind.PUBLIC, "", Retention.NONE)));
        assertThat(refusal(posting("two"))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void aMessageCarriesItsFilesInTheOrderOfTheIds() {
        assertThat(((MessageChange.Posted) change(posting("two", "one"))).files()).containsExactly(TWO, ONE);
    }

    @Test
    void aRepeatedMessageIsFoundAlthoughItsFilesAreTaken() {
        storedBefore = OptionalLong.of(3);
        assertThat(posting("three").decide(room, new Known(), NOW)).isEqualTo(new Decision.Already(3));
    }

    @Test
    void aMessageWithFilesIsDecidedUnderLocks() {
        assertThat(posting("one").isPlainPost()).isFalse();
        assertThat(posting().isPlainPost()).isTrue();
    }

    @Test
    void anEditKeepsFilesUnlessItNamesThem() {
        assertThat(((MessageChange.Edited) change(editing(Optional.empty()))).files()).containsExactly(ONE);
        assertThat(((MessageChange.Edited) change(editing(Optional.of(List.of())))).files()).isEmpty();
        assertThat(((MessageChange.Edited) change(editing(Optional.of(List.of("two", "one"))))).files()).containsExactly(TWO, ONE);
        assertThat(refusal(editing(Optional.of(List.of("three"))))).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void aMessageWithoutTextIsNamedByItsFiles() {
        assertThat(new MessageChange.Posted("", "k", 0, false, List.of(), false, false, List.of(ONE, TWO)).textOrNames())
                .isEqualTo("one.txt, two.txt");
    }

    private static PostMessage posting(String... files) {
        return new PostMessage("plaza", AUTHOR, "new", "text", 0, false, List.of(), false, List.of(files));
    }

    private static EditMessage editing(Optional<List<String>> files) {
        return new EditMessage("plaza", AUTHOR, 3, "changed", Optional.empty(), files, Optional.<Duration>empty());
    }

    private Change change(Proposal proposal) {
        return ((Decision.Changes) decision(proposal)).changes().getFirst();
    }

    private ErrorCode refusal(Proposal proposal) {
        return ((Decision.Refused) decision(proposal)).problem().code();
    }

    private Decision decision(Proposal proposal) {
        DecisionContext known = new Known();
        return proposal.decide(room, known, NOW);
    }

    private void happened(Change change) {
        room = room.after(new RoomEvent("plaza", room.offset() + 1, NOW, ALICE, change));
    }

    private static AttachedFile file(String id) {
        return new AttachedFile(id, id + ".txt", "text/plain", 5, 0, 0, false);
    }
}
