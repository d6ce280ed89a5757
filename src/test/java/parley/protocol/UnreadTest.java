package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadTest {

    private static final Unread NOTHING = new Unread(10, 10, 0, 0);

    @Test
    void theMessageOfAnotherPersonIsUnread() {
        assertThat(NOTHING.after(posted(11, "bob", List.of(), false, 0), "alice")).contains(new Unread(11, 10, 1, 0));
    }

    @Test
    void anOwnMessageIsNot() {
        assertThat(NOTHING.after(posted(11, "alice", List.of("alice"), true, 0), "alice")).contains(new Unread(11, 10, 0, 0));
    }

    @Test
    void aMentionOfThePersonOrOfEveryoneCountsOnce() {
        assertThat(NOTHING.after(posted(11, "bob", List.of("alice"), true, 0), "alice")).contains(new Unread(11, 10, 1, 1));
        assertThat(NOTHING.after(posted(11, "bob", List.of(), true, 0), "alice")).contains(new Unread(11, 10, 1, 1));
        assertThat(NOTHING.after(posted(11, "bob", List.of("carol"), false, 0), "alice")).contains(new Unread(11, 10, 1, 0));
    }

    @Test
    void whatWasReadAlreadyDoesNotCount() {
        Unread ahead = new Unread(10, 11, 0, 0);
        assertThat(ahead.after(posted(11, "bob", List.of("alice"), false, 0), "alice")).contains(new Unread(11, 11, 0, 0));
    }

    @Test
    void messagesFarBehindTheMarkerAreNotCountedOneByOne() {
        long far = 10 + Unread.WINDOW;
        Unread many = new Unread(far - 1, 10, 1_500, 0);
        Unread atTheEnd = many.after(posted(far, "bob", List.of(), false, 0), "alice").orElseThrow();
        assertThat(atTheEnd.messages()).isEqualTo(1_501);
        assertThat(atTheEnd.after(posted(far + 1, "bob", List.of("alice"), false, 0), "alice"))
                .contains(new Unread(far + 1, 10, 1_501, 1));
    }

    @Test
    void onlyTheTablesKnowTheThreadsOfAPerson() {
        assertThat(NOTHING.after(posted(11, "bob", List.of(), false, 5), "alice")).isEmpty();
    }

    @Test
    void deletionsAndEditsNeedARecount() {
        assertThat(NOTHING.after(event(11, new MessageChange.Deleted(5, 0)), "alice")).isEmpty();
    }

    @Test
    void aReactionChangesNothing() {
        assertThat(NOTHING.after(event(11, new MessageChange.ReactionAdded(5, "👍")), "alice")).contains(new Unread(11, 10, 0, 0));
    }

    @Test
    void aMissingEventNeedsARecountAndAnOldOneChangesNothing() {
        assertThat(NOTHING.after(posted(12, "bob", List.of(), false, 0), "alice")).isEmpty();
        assertThat(NOTHING.after(posted(10, "bob", List.of(), false, 0), "alice")).contains(NOTHING);
    }

    private static RoomEvent posted(long offset, String by, List<String> mentions, boolean everyone, long thread) {
        return event(offset, by, new MessageChange.Posted("text", "key" + offset, thread, false, mentions, everyone, false));
    }

    private static RoomEvent event(long offset, MessageChange change) {
        return event(offset, "bob", change);
    }

    private static RoomEvent event(long offset, String by, MessageChange change) {
        return new RoomEvent("general", offset, Instant.EPOCH, new User(by, by), change);
    }
}
