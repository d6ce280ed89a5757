package parley.journal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.message.PostMessage;
import parley.metrics.Metrics;
import parley.protocol.Problem;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import parley.room.DecisionContext;
import parley.room.NothingKnown;
import parley.room.RoomView;
import parley.settings.Given;
import parley.settings.Settings;
import parley.tracing.Trace;

/** What happens to a batch when the statement without locks stores a part of it, or fails. */
class CommittingTest {

    private static final DecisionContext REMEMBERED = new NothingKnown();
    private static final DecisionContext CERTAIN = new NothingKnown();

    private final List<String> log = new ArrayList<>();
    private final Views views = new Views(Settings.of(new Given(Map.of())), null, null, null, new Metrics());
    private final Set<String> doubted = new HashSet<>();
    private SQLException failure;
    private Set<String> moved = Set.of();
    private final Committing committing = new Committing(new Statement(), new Locks(), new Contexts(), views, null, events(), doubted(),
            new JournalMetrics(new Metrics()));

    @Test
    void roomsWhoseHeadMovedElsewhereTakeTheLocks() {
        moved = Set.of("a");
        List<Waiting> batch = List.of(post("a"), post("b"), post("a"));
        assertThat(committing.commit(batch)).isEmpty();
        assertThat(log).containsExactly("statement a b", "locks b remembered", "the database works");
        assertThat(batch).allSatisfy(waiting -> assertThat(waiting.receipt()).isCompletedWithValue(new Receipt.Committed(1)));
    }

    @Test
    void wholeBatchInOneStatementTakesNoLock() {
        moved = Set.of("a", "b");
        assertThat(committing.commit(List.of(post("a"), post("b")))).isEmpty();
        assertThat(log).containsExactly("statement a b");
    }

    @Test
    void brokenConnectionIsDecidedAgainWithTheKeysInTheTables() {
        failure = new SQLException("gone", "08006");
        List<Waiting> batch = List.of(post("a"), post("b"));
        assertThat(committing.commit(batch)).isEmpty();
        assertThat(log).containsExactly("statement a b", "the database failed", "locks a b certain", "the database works");
        assertThat(batch).allSatisfy(waiting -> assertThat(waiting.receipt()).isCompletedWithValue(new Receipt.Committed(1)));
    }

    @Test
    void roomsOfABatchWithAnUnknownOutcomeAreInDoubt() {
        failure = new SQLException("gone", "08006");
        committing.commit(List.of(post("a"), post("b")));
        assertThat(doubted).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void roomsOfARefusedBatchAreInNoDoubt() {
        failure = new SQLException("duplicate key", "23505");
        committing.commit(List.of(post("a")));
        assertThat(doubted).isEmpty();
    }

    @Test
    void postThatWasRefusedWhileTheConnectionHungIsNotRepeated() {
        failure = new SQLException("timeout", "57014");
        Waiting refused = post("a");
        refused.refuse("The database does not answer.");
        assertThat(committing.commit(List.of(refused, post("b")))).isEmpty();
        assertThat(log).containsExactly("statement a b", "the database failed", "locks b certain", "the database works");
        assertThat(((Receipt.Refused) refused.receipt().join()).problem())
                .isEqualTo(Problem.unavailable("The database does not answer."));
    }

    @Test
    void refusedDataIsDecidedAgainAndTheConnectionStays() {
        failure = new SQLException("duplicate key", "23505");
        assertThat(committing.commit(List.of(post("a")))).isEmpty();
        assertThat(log).containsExactly("statement a", "locks a certain", "the database works");
    }

    private Waiting post(String room) {
        views.advance(RoomView.empty(room, "epoch"));
        Actor alice = new Actor(new User("alice", "Alice"), false);
        return new Waiting(new Submission(new PostMessage(room, alice, "key", "text", 0, false, List.of(), false), null, Trace.NONE),
                new CompletableFuture<>(), 0);
    }

    private static String rooms(List<Submission> submissions) {
        return submissions.stream().map(submission -> submission.proposal().room()).distinct().collect(Collectors.joining(" "));
    }

    private static GroupCommit.Result result(List<Submission> submissions, Set<String> left) {
        return new GroupCommit.Result(submissions.stream().map(submission -> (Receipt) new Receipt.Committed(1)).toList(), left,
                new Committed(false, List.of()), new Committed(true, List.of()));
    }

    @SuppressWarnings("unchecked")
    private Event<LogsDoubted> doubted() {
        return (Event<LogsDoubted>) Proxy.newProxyInstance(CommittingTest.class.getClassLoader(), new Class<?>[] {Event.class},
                (self, method, arguments) -> doubted.addAll(((LogsDoubted) arguments[0]).rooms()));
    }

    @SuppressWarnings("unchecked")
    private static Event<Committed> events() {
        return (Event<Committed>) Proxy.newProxyInstance(CommittingTest.class.getClassLoader(), new Class<?>[] {Event.class},
                (self, method, arguments) -> null);
    }

    /** The statement moves the heads of some rooms, or fails. */
    private final class Statement extends OptimisticCommit {

        Statement() {
            super(null, views, null, null, null, List.of());
        }

        @Override
        boolean canCommit(List<Waiting> batch) {
            return true;
        }

        @Override
        GroupCommit.Result commit(List<Submission> submissions, DecisionContext context) {
            log.add("statement " + rooms(submissions));
            if (failure != null) {
                throw new PersistenceException(failure);
            }
            return result(submissions, submissions.stream().map(submission -> submission.proposal().room())
                    .filter(room -> !moved.contains(room)).collect(Collectors.toSet()));
        }

        @Override
        void databaseWorks() {
            log.add("the database works");
        }

        @Override
        void databaseFailed() {
            log.add("the database failed");
        }
    }

    private final class Locks extends GroupCommit {

        @Override
        Result commit(List<Submission> submissions, DecisionContext context) {
            log.add("locks " + rooms(submissions) + (context == CERTAIN ? " certain" : " remembered"));
            return result(submissions, Set.of());
        }
    }

    private static final class Contexts implements DecisionContexts {

        @Override
        public DecisionContext remembered() {
            return REMEMBERED;
        }

        @Override
        public DecisionContext certain() {
            return CERTAIN;
        }

        @Override
        public DecisionContext inMemory(List<RoomEvent> further) {
            return REMEMBERED;
        }
    }
}
