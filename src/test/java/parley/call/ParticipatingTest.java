package parley.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.hub.AClient;
import parley.hub.Connection;
import parley.journal.Views;
import parley.people.Blocks;
import parley.protocol.ErrorCode;
import parley.protocol.MemberChange;
import parley.protocol.Reply;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.RoomView;
import parley.threads.ReaderPool;

/** Joining while the database fails: bob is a member of the plaza, and carol is not. */
class ParticipatingTest {

    private static final Logger LOG = Logger.getLogger(Participating.class.getName());
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final User BOB = new User("bob", "bob");

    private final RoomView plaza = RoomView.empty("plaza", "e1").after(List.of(
            new RoomEvent("plaza", 1, NOW, BOB, new RoomChange.Updated(RoomProfile.open("Plaza"))),
            new RoomEvent("plaza", 2, NOW, BOB, new MemberChange.Joined(BOB, Role.OWNER))));
    private final List<String> lost = new ArrayList<>();
    private final Participating participating = new Participating(null, new FailingStore(), new CallWatch() {
        @Override
        void lost(String room, Connection connection) {
            lost.add(room + " " + connection.session());
        }
    }, new Views() {
        @Override
        public CompletableFuture<Optional<RoomView>> of(String room) {
            return CompletableFuture.completedFuture(Optional.of(plaza));
        }
    }, new Blocks() { }, new ReaderPool() {
        @Override
        public <T> CompletableFuture<T> read(Supplier<T> read) {
            return CompletableFuture.supplyAsync(read, Runnable::run);
        }
    });

    private RuntimeException failure = new IllegalStateException("The connection broke during the commit");

    ParticipatingTest() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        LOG.setLevel(null);
    }

    private final class FailingStore extends CallStore {

        @Override
        Joined join(String room, Joining joining, Instant now) {
            throw failure;
        }
    }

    private ErrorCode refusal(String user) {
        Connection connection = new AClient(user).connection();
        return ((Reply.Refused) participating.join(connection, 1, "plaza", Optional.empty()).join()).problem().code();
    }

    @Test
    void whoMayNotJoinIsNotLost() {
        assertThat(refusal("carol")).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(lost).isEmpty();
    }

    @Test
    void whatTheDatabaseDidNotGetIsNotLost() {
        failure = new RejectedExecutionException();
        assertThat(refusal("bob")).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(lost).isEmpty();
    }

    @Test
    void aParticipantThatMayHaveBeenStoredIsLost() {
        assertThat(refusal("bob")).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(lost).containsExactly("plaza bob");
    }
}
