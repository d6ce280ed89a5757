package parley.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.AttachedFile;
import parley.protocol.Change;
import parley.protocol.LinkPreview;
import parley.protocol.MessageChange;
import parley.protocol.Retention;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.Decision;
import parley.room.ExactMessage;
import parley.room.NothingKnown;
import parley.room.RoomView;

/** Adding previews to a message that may have changed while they were fetched. */
class AddPreviewsTest {

    private static final User ALICE = new User("alice", "Alice");
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final LinkPreview ONE = new LinkPreview("https://one.example/", "One", "", "");
    private static final LinkPreview TWO = new LinkPreview("https://two.example/", "Two", "", "");

    private RoomView room = RoomView.empty("plaza", "e1").after(event(1, new RoomChange.Updated(RoomProfile.open("Plaza"))));

    private static RoomEvent event(long offset, Change change) {
        return new RoomEvent("plaza", offset, NOW, ALICE, change);
    }

    /** A message of this text. */
    private record Now(String text, List<LinkPreview> previews, boolean previewsRemoved, boolean deleted) implements ExactMessage {

        Now(String text, LinkPreview... previews) {
            this(text, List.of(previews), false, false);
        }

        @Override
        public String author() {
            return "alice";
        }

        @Override
        public Instant at() {
            return NOW;
        }

        @Override
        public long thread() {
            return 0;
        }

        @Override
        public List<String> mentions() {
            return List.of();
        }

        @Override
        public List<AttachedFile> files() {
            return List.of();
        }

        @Override
        public int edits() {
            return 0;
        }

        @Override
        public boolean pinned() {
            return false;
        }

        @Override
        public boolean hasReaction(String user, String emoji) {
            return false;
        }

        @Override
        public int emojis() {
            return 0;
        }

        @Override
        public boolean hasEmoji(String emoji) {
            return false;
        }
    }

    private Decision decide(ExactMessage message, LinkPreview... found) {
        return new AddPreviews("plaza", new Actor(ALICE, false), 7, List.of(found)).decide(room, new NothingKnown() {
            @Override
            public Optional<ExactMessage> message(RoomView view, long offset) {
                return Optional.ofNullable(message);
            }
        }, NOW);
    }

    private static Decision previews(LinkPreview... previews) {
        return Decision.change(new MessageChange.Previewed(7, List.of(previews), false));
    }

    @Test
    void aMessageThatIsGoneGetsNone() {
        assertThat(decide(null, ONE)).isInstanceOf(Decision.Refused.class);
        assertThat(decide(new Now("", List.of(), false, true), ONE)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void aRoomThatIsClosedOrStoresNothingGetsNone() {
        room = room.after(event(2, new RoomChange.Updated(new RoomProfile("Plaza", RoomKind.PUBLIC, "", Retention.NONE))));
        assertThat(decide(new Now("https://one.example/"), ONE)).isInstanceOf(Decision.Refused.class);
        room = room.after(event(3, new RoomChange.Updated(RoomProfile.open("Plaza"))));
        assertThat(decide(new Now("https://one.example/"), ONE)).isEqualTo(previews(ONE));
        room = room.after(event(4, new RoomChange.Closed()));
        assertThat(decide(new Now("https://one.example/"), ONE)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void anAuthorWhoRemovedOneGetsNoMore() {
        assertThat(decide(new Now("https://one.example/", List.of(), true, false), ONE)).isEqualTo(new Decision.Already(1));
    }

    @Test
    void onlyLinksOfThePresentTextArePreviewedInItsOrder() {
        assertThat(decide(new Now("https://two.example/ https://one.example/"), ONE, TWO)).isEqualTo(previews(TWO, ONE));
        assertThat(decide(new Now("https://two.example/"), ONE, TWO)).isEqualTo(previews(TWO));
        assertThat(decide(new Now("other words"), ONE, TWO)).isEqualTo(new Decision.Already(1));
    }

    @Test
    void whatIsThereStaysAndASecondTimeChangesNothing() {
        LinkPreview newer = new LinkPreview(ONE.url(), "Newer", "", "");
        assertThat(decide(new Now("https://one.example/ https://two.example/", ONE), newer, TWO)).isEqualTo(previews(ONE, TWO));
        assertThat(decide(new Now("https://one.example/", ONE), newer)).isEqualTo(new Decision.Already(1));
    }
}
