package parley.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.protocol.Change;
import parley.protocol.MemberChange;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomProfile;
import parley.protocol.Unread;
import parley.protocol.User;

class ChangesTest {

    @Test
    void tooManyEventsAreUnknown() {
        Changes many = Changes.of(Collections.nCopies(600, posted(1, 0)));
        assertThat(many.known()).isTrue();
        assertThat(many.then(many).known()).isFalse();
        assertThat(many.then(Changes.UNKNOWN).known()).isFalse();
    }

    @Test
    void unknownEventsMayBeAnything() {
        assertThat(Changes.UNKNOWN.mayEndMemberships()).isTrue();
        assertThat(Changes.UNKNOWN.changeMessages()).isTrue();
        assertThat(Changes.UNKNOWN.newest()).isEmpty();
        assertThat(Changes.UNKNOWN.after(new Unread(5, 5, 0, 0), "alice")).isEmpty();
        assertThat(Changes.UNKNOWN.changeRoomOf("alice")).as("not a reason to send the room to everyone").isFalse();
    }

    @Test
    void aReactionIsNoActivity() {
        Changes reaction = Changes.of(List.of(event(7, new MessageChange.ReactionAdded(5, "👍"))));
        assertThat(reaction.changeMessages()).isFalse();
        assertThat(reaction.after(new Unread(6, 5, 1, 0), "alice")).contains(new Unread(7, 5, 1, 0));
    }

    @Test
    void theNewestMessageIsTheLastThatTheRoomShows() {
        Changes posts = Changes.of(List.of(posted(7, 0), posted(8, 5)));
        assertThat(posts.newest().map(Message::offset)).contains(7L);
        Changes deleted = posts.then(Changes.of(List.of(event(9, new MessageChange.Deleted(7, 0)))));
        assertThat(deleted.newest()).as("only the tables know").isEmpty();
    }

    @Test
    void joinsRolesAndProfilesChangeTheListOfThoseConcerned() {
        Changes joined = Changes.of(List.of(event(7, new MemberChange.Joined(user("bob"), Role.MEMBER))));
        assertThat(joined.joined()).containsExactly("bob");
        assertThat(joined.changeRoomOf("bob")).isTrue();
        assertThat(joined.changeRoomOf("alice")).isFalse();
        assertThat(Changes.of(List.of(event(8, new RoomChange.Updated(RoomProfile.open("General"))))).changeRoomOf("alice")).isTrue();
    }

    @Test
    void bansRemovalsAndTheEndOfTheRoomMayEndMemberships() {
        assertThat(Changes.of(List.of(event(7, new MemberChange.Left(user("bob"))))).mayEndMemberships()).isTrue();
        assertThat(Changes.of(List.of(event(7, new MemberChange.RoleChanged(user("bob"), Role.BANNED, Optional.empty()))))
                .mayEndMemberships()).isTrue();
        assertThat(Changes.of(List.of(event(7, new RoomChange.Closed()))).mayEndMemberships()).isTrue();
        assertThat(Changes.of(List.of(posted(7, 0))).mayEndMemberships()).isFalse();
    }

    private static RoomEvent posted(long offset, long thread) {
        return event(offset, new MessageChange.Posted("text", "key" + offset, thread, false, List.of(), false, false));
    }

    private static RoomEvent event(long offset, Change change) {
        return new RoomEvent("general", offset, Instant.EPOCH, user("bob"), change);
    }

    private static User user(String id) {
        return new User(id, id);
    }
}
