package parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.Change;
import parley.protocol.ErrorCode;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.RoomView;

class PostMessageTest {

    private static final User ALICE = new User("alice", "Alice");
    private static final User BOB = new User("bob", "Bob");

    /** A log that holds one message: alice's, under the key {@code known}, at offset 3. */
    private static final DecisionContext ONE_MESSAGE = new DecisionContext() {
        @Override
        public OptionalLong posted(RoomView room, String author, String key) {
            return author.equals("alice") && key.equals("known") ? OptionalLong.of(3) : OptionalLong.empty();
        }

        @Override
        public boolean isMessage(String room, long offset) {
            return offset == 3;
        }

        @Override
        public boolean isNameTaken(String room, String name) {
            return false;
        }
    };

    private final RoomView room = RoomView.empty("plaza", "e1").after(List.of(
            event(1, new RoomChange.Updated(RoomProfile.open("Plaza"))),
            event(2, new MemberChange.Joined(ALICE, Role.MEMBER)),
            event(3, new MessageChange.Posted("first", "known", 0, List.of()))));

    @Test
    void aListenerIsForbiddenToPost() {
        assertThat(refusal(posting(BOB, "k", 0))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void aListenerLearnsNothingFromAKnownKey() {
        RoomView left = room.after(event(4, new MemberChange.Left(ALICE)));
        assertThat(posting(ALICE, "known", 0).decide(left, ONE_MESSAGE, Instant.EPOCH)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void anAnswerToWhatIsNoMessageIsRefused() {
        assertThat(refusal(posting(ALICE, "k", 2))).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal(posting(ALICE, "k", 99))).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void theSameKeyOfTheSameAuthorIsTheSameMessage() {
        assertThat(posting(ALICE, "known", 0).decide(room, ONE_MESSAGE, Instant.EPOCH)).isEqualTo(new Decision.Already(3));
    }

    @Test
    void aMemberPosts() {
        assertThat(posting(ALICE, "new", 3).decide(room, ONE_MESSAGE, Instant.EPOCH))
                .isEqualTo(Decision.change(new MessageChange.Posted("hi", "new", 3, List.of())));
    }

    private ErrorCode refusal(PostMessage posting) {
        return ((Decision.Refused) posting.decide(room, ONE_MESSAGE, Instant.EPOCH)).problem().code();
    }

    private static PostMessage posting(User by, String key, long thread) {
        return new PostMessage("plaza", as(by), key, "hi", thread, List.of());
    }

    private static RoomEvent event(long offset, Change change) {
        return new RoomEvent("plaza", offset, Instant.EPOCH, ALICE, change);
    }

    private static Actor as(User user) {
        return new Actor(user, false);
    }
}
