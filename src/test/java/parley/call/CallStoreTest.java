package parley.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.protocol.ErrorCode;
import parley.protocol.User;
import parley.settings.Given;
import parley.settings.Settings;
import parley.sql.Statements;

/** The people of a call in the tables. The call has room for three, and a lost participant has 30 s to come back. */
class CallStoreTest {

    private static final Path SCHEMA = Path.of(System.getProperty("basedir", ""), "src/main/resources/db/migration/V41__calls.sql");
    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
    private static final User ALICE = new User("alice", "Alice");
    private static final User BOB = new User("bob", "Bob");
    private static final User CAROL = new User("carol", "Carol");

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    @AutoClose
    private final Connection database = DriverManager.getConnection(url);
    private final EntityManager em = on(database);
    private final CallStore store = new CallStore(em,
            Settings.of(new Given(Map.of("parley.node", "here", "parley.calls.people", "3"))));

    CallStoreTest() throws SQLException, IOException {
        execute("create table room (id varchar(64))");
        execute("create table lease (task varchar(50), node varchar(255), ends_at bigint)");
        execute("create table instance (node varchar(255), seen_at bigint)");
        execute(Files.readString(SCHEMA));
        CallRows.start(em, "c", "plaza", ALICE, START);
    }

    private static EntityManager on(Connection connection) {
        return (EntityManager) Proxy.newProxyInstance(CallStoreTest.class.getClassLoader(), new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("unwrap");
                    return connection;
                });
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private void isSeen(String node, Instant at) throws SQLException {
        execute("delete from instance where node = '" + node + "'");
        execute("insert into instance (node, seen_at) values ('" + node + "', " + at.toEpochMilli() + ")");
    }

    private CallStore.Joined join(User who, String session, String... participant) {
        return store.join("plaza", new CallStore.Joining(who, session, Optional.of(List.of(participant)).filter(some -> !some.isEmpty())
                .map(List::getFirst), "new-" + session), START);
    }

    private List<String> people() {
        return store.states(List.of("plaza")).get("plaza").people().stream()
                .map(one -> one.id() + (one.lost() ? " is lost" : "")).toList();
    }

    @Test
    void refusesToJoinACallThatIsNotOn() {
        CallStore.Joined nowhere = store.join("cellar", new CallStore.Joining(ALICE, "s", Optional.empty(), "p"), START);
        assertThat(nowhere.refused().orElseThrow().code()).isEqualTo(ErrorCode.CONFLICT);
        join(ALICE, "a");
        store.leave("plaza", "a", START);
        assertThat(join(BOB, "b").refused().orElseThrow().code()).as("everyone has left").isEqualTo(ErrorCode.CONFLICT);
        assertThat(store.of("plaza")).isEmpty();
    }

    @Test
    void refusesOneTooMany() {
        List.of("a", "b", "c").forEach(session -> assertThat(join(ALICE, session).refused()).isEmpty());
        assertThat(join(BOB, "d").refused().orElseThrow().code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(join(ALICE, "c").refused()).as("in place of its own").isEmpty();
        store.lose("plaza", "b", START);
        assertThat(join(BOB, "d").refused()).as("a lost one of another person").isPresent();
        assertThat(join(ALICE, "d").refused()).as("in place of a lost one").isEmpty();
    }

    @Test
    void aLostParticipantIsContinuedByItsPerson() {
        join(ALICE, "a");
        join(BOB, "b");
        store.lose("plaza", "b", START);
        assertThat(people()).containsExactly("new-a", "new-b is lost");
        assertThat(join(CAROL, "c", "new-b").participant()).as("another person").isEqualTo("new-c");
        assertThat(join(BOB, "b2", "new-b").participant()).isEqualTo("new-b");
        assertThat(people()).containsExactly("new-a", "new-b", "new-c");
        store.lose("plaza", "b", START);
        assertThat(people()).as("the connection before").containsExactly("new-a", "new-b", "new-c");
    }

    @Test
    void aPageThatWasLoadedAgainReplacesItsLostParticipant() {
        join(BOB, "b");
        store.lose("plaza", "b", START);
        assertThat(join(BOB, "b2").participant()).isEqualTo("new-b2");
        assertThat(people()).containsExactly("new-b2");
        join(BOB, "second");
        assertThat(people()).as("a second device").containsExactly("new-b2", "new-second");
    }

    @Test
    void aConnectionThatIsThereIsFoundAgain() {
        join(ALICE, "a");
        store.lose("plaza", "a", START);
        store.lose("plaza", "a", null);
        assertThat(people()).containsExactly("new-a");
    }

    @Test
    void everyChangeHasALaterVersion() {
        CallState one = join(ALICE, "a").state().orElseThrow();
        CallState two = join(BOB, "b").state().orElseThrow();
        CallState three = store.leave("plaza", "a", START).orElseThrow();
        assertThat(two.isAfter(one)).isTrue();
        assertThat(three.isAfter(two)).isTrue();
        assertThat(one.isAfter(three)).isFalse();
    }

    @Test
    void whoLeavesLastEndsTheCall() {
        join(ALICE, "a");
        join(BOB, "b");
        join(BOB, "b2");
        assertThat(store.leave("plaza", "a", START.plusSeconds(10)).orElseThrow().ended()).isFalse();
        store.leave("plaza", "b", START.plusSeconds(20));
        assertThat(store.ending("plaza")).isEmpty();
        assertThat(store.leave("plaza", "b2", START.plusMillis(30_900)).orElseThrow().ended()).isTrue();
        EndCall end = store.ending("plaza").orElseThrow();
        assertThat(end.by().id()).isEqualTo("bob");
        assertThat(end.seconds()).isEqualTo(30);
        assertThat(end.people()).containsExactly(ALICE, BOB);
        CallRows.delete(em, "plaza");
        assertThat(store.ending("plaza")).isEmpty();
        assertThat(store.hasCalls()).isFalse();
    }

    @Test
    void whoDoesNotComeBackLeaves() throws SQLException {
        isSeen("here", START.plusSeconds(60));
        join(ALICE, "a");
        join(BOB, "b");
        store.lose("plaza", "a", START.plusSeconds(5));
        store.lose("plaza", "b", START.plusSeconds(7));
        assertThat(store.stale(START.plusSeconds(35))).isEmpty();
        assertThat(store.stale(START.plusSeconds(36))).containsExactly("plaza");
        store.expire("plaza", START.plusSeconds(36));
        assertThat(people()).containsExactly("new-b is lost");
        store.expire("plaza", START.plusSeconds(60));
        EndCall end = store.ending("plaza").orElseThrow();
        assertThat(end.seconds()).as("until the last connection was lost").isEqualTo(7);
        assertThat(end.by().id()).isEqualTo("bob");
        assertThat(store.stale(START.plusSeconds(60))).as("until its end is logged").containsExactly("plaza");
    }

    @Test
    void theParticipantsOfADeadInstanceAreLostSinceItWasSeen() throws SQLException {
        isSeen("here", START.plusSeconds(5));
        join(ALICE, "a");
        assertThat(store.stale(START.plusSeconds(20))).isEmpty();
        assertThat(store.stale(START.plusSeconds(21))).containsExactly("plaza");
        store.expire("plaza", START.plusSeconds(21));
        assertThat(people()).containsExactly("new-a is lost");
        store.expire("plaza", START.plusSeconds(36));
        assertThat(store.ending("plaza").orElseThrow().seconds()).isEqualTo(5);
    }

    @Test
    void anInstanceThatStartsAgainHasLostItsConnections() {
        join(ALICE, "a");
        assertThat(store.here()).containsExactly("plaza");
        store.restarted("plaza", START);
        assertThat(store.here()).isEmpty();
        store.restarted("plaza", START.plusSeconds(1));
        assertThat(people()).containsExactly("new-a is lost");
    }

    @Test
    void aCallThatNobodyJoinsEnds() throws SQLException {
        assertThat(store.stale(START.plusSeconds(10))).as("the person who started it may be about to join").isEmpty();
        store.expire("plaza", START.plusSeconds(11));
        EndCall end = store.ending("plaza").orElseThrow();
        assertThat(end.people()).isEmpty();
        assertThat(end.seconds()).isZero();
    }

    @Test
    void whoLosesTheRightLeavesWithEveryDevice() {
        join(ALICE, "a");
        join(BOB, "b");
        join(BOB, "b2");
        CallRows.removePerson(em, "cellar", BOB, START);
        CallRows.removePerson(em, "plaza", BOB, START);
        assertThat(people()).containsExactly("new-a");
        CallRows.removePerson(em, "plaza", ALICE, START.plusSeconds(3));
        assertThat(store.ending("plaza").orElseThrow().by().id()).isEqualTo("alice");
    }

    @Test
    void nobodyStaysWhoJoinsWhileTheCallIsRemoved() throws SQLException {
        try (Connection closing = DriverManager.getConnection(url)) {
            database.setAutoCommit(false);
            join(ALICE, "a");
            CompletableFuture<Void> removed = CompletableFuture.runAsync(() -> CallRows.delete(on(closing), "plaza"));
            await().until(() -> Statements.finds(em, "select 1 from information_schema.sessions where blocker_id is not null"));
            database.commit();
            removed.join();
        }
        assertThat(Statements.finds(em, "select 1 from call_participant")).isFalse();
        assertThat(Statements.finds(em, "select 1 from call_person")).isFalse();
        assertThat(store.hasCalls()).isFalse();
    }
}
