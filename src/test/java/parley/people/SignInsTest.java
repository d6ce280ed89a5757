package parley.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.identity.Caller;
import parley.protocol.User;

class SignInsTest {

    private static final Instant ISSUED = Instant.parse("2030-01-01T12:00:00Z");

    /** A directory that fails as often as it is told. */
    private static final class Recording extends Directory {
        private final List<SignIn> written = new CopyOnWriteArrayList<>();
        private volatile RuntimeException failure;

        @Override
        List<SignIn> write(Collection<SignIn> signIns) {
            RuntimeException planted = failure;
            failure = null;
            if (planted != null) {
                throw planted;
            }
            written.addAll(signIns);
            return List.copyOf(signIns);
        }
    }

    private final Recording directory = new Recording();
    private final SignIns signIns = new SignIns(directory, task -> Thread.ofVirtual().unstarted(task));

    @AfterEach
    void stop() {
        signIns.stop();
    }

    @Test
    void oneMoreThanTheBoundIsDropped() {
        for (int i = 0; i <= SignIns.MOST_WAITING; i++) {
            signIns.signedIn(caller("person-" + i, "Person"));
        }
        assertThat(signIns.waiting("person-" + (SignIns.MOST_WAITING - 1))).isPresent();
        assertThat(signIns.waiting("person-" + SignIns.MOST_WAITING)).isEmpty();
        signIns.signedIn(caller("person-0", "New Name"));
        assertThat(signIns.waiting("person-0")).as("who waits already").contains(new User("person-0", "New Name"));
    }

    @Test
    void aPersonExistsWhileTheirSignInWaitsAndIsWrittenOnce() {
        signIns.signedIn(caller("bob", "Bob"));
        signIns.signedIn(caller("bob", "Robert"));
        assertThat(signIns.waiting("bob")).contains(new User("bob", "Robert"));
        signIns.begin();
        await().until(() -> signIns.waiting("bob").isEmpty());
        signIns.signedIn(caller("bob", "Robert"));
        assertThat(signIns.waiting("bob")).as("nothing new").isEmpty();
        assertThat(directory.written).extracting(SignIn::name).containsExactly("Robert");
    }

    @Test
    void aDroppedSignInIsWrittenAtTheNextOne() {
        directory.failure = new IllegalStateException(new SQLException("no connection", "08001"));
        signIns.begin();
        signIns.signedIn(caller("bob", "Bob"));
        await().until(() -> signIns.waiting("bob").isEmpty());
        assertThat(directory.written).isEmpty();
        signIns.signedIn(caller("bob", "Bob"));
        await().until(() -> directory.written.size() == 1);
    }

    @Test
    void aPersonWhomAnotherInstanceWroteIsReadAgain() {
        directory.failure = new IllegalStateException(new SQLException("duplicate key", "23505"));
        signIns.begin();
        signIns.signedIn(caller("bob", "Bob"));
        await().until(() -> directory.written.size() == 1);
    }

    private static Caller caller(String id, String name) {
        return new Caller(new User(id, name), Set.of(), ISSUED, ISSUED.plusSeconds(600), "", "", Optional.empty(), Optional.empty());
    }
}
