package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.persistence.EntityManager;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.protocol.User;
import parley.protocol.Why;
import parley.reading.PersonInRoom;
import parley.server.TestServer;

/** Two instances share pushes, mails and positions. Each instance here is a connection to a database of this test. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class LeasesIT {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    /** The rows of one instance, over its own connection. */
    private static final class Instance implements AutoCloseable {
        private final Connection connection;
        private final PushRows pushes = new PushRows();
        private final MailRows mails = new MailRows();
        private final Positions positions = new Positions();
        private final NotificationsCommit notifications = new NotificationsCommit();
        private final EntityManager em;

        Instance() throws Exception {
            connection = DriverManager.getConnection(address(), "postgres", "postgres");
            connection.setAutoCommit(false);
            em = (EntityManager) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {EntityManager.class},
                    (proxy, method, arguments) -> method.getName().equals("unwrap") ? connection : null);
            for (Object rows : List.of(pushes, mails, positions, notifications)) {
                set(rows, "em", em);
            }
            set(notifications, "pushes", pushes);
        }

        private static void set(Object bean, String field, Object value) throws ReflectiveOperationException {
            Field injected = bean.getClass().getDeclaredField(field);
            injected.setAccessible(true);
            injected.set(bean, value);
        }

        void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            // As a killed instance: what it did not commit is undone.
            if (!connection.isClosed()) {
                connection.rollback();
                connection.close();
            }
        }
    }

    private Instance one;
    private Instance other;

    private static String address() {
        return "jdbc:postgresql://localhost:" + TestServer.databasePort() + "/leases";
    }

    @BeforeEach
    void start() throws Exception {
        try (Connection superuser = TestServer.databaseConnection(); Statement sql = superuser.createStatement()) {
            sql.execute("drop database if exists leases");
            sql.execute("create database leases");
        }
        Flyway.configure().dataSource(address(), "postgres", "postgres").load().migrate();
        one = new Instance();
        other = new Instance();
        try (Statement sql = one.connection.createStatement()) {
            sql.execute("""
                    insert into room (id, epoch, head, name, kind, created, retention)
                    values ('r', 'e', 5, 'R', 'public', 0, 'forever')""");
        }
        one.mails.putAddress("bob", "bob@example.com");
        one.pushes.put(new PushSubscription("browser", "bob", URI.create("https://push.example.com/a"), "key", "secret"), NOW);
        one.commit();
    }

    @AfterEach
    void stop() throws SQLException {
        one.close();
        other.close();
    }

    private List<Notification> notified(int count) throws SQLException {
        long first = NotificationRows.reserve(one.em, count);
        List<Notification> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(new Notification(first + i, "bob", "r", i + 1, Why.MENTION, new User("alice", "Alice"), NOW, false, ""));
        }
        NotificationRows.insert(one.em, made);
        one.pushes.show(made, NOW);
        one.mails.add(List.of("bob"), NOW);
        one.commit();
        return made;
    }

    private static List<PushRows.Job> leased(Instance instance, Instant now, int most) {
        return instance.pushes.lease(now, most, new PushHosts.Openings(Set.of(), Map.of()));
    }

    @Test
    void aHostThatRestsKeepsItsJobsAndNoOthersWaitForThem() throws SQLException {
        one.pushes.put(new PushSubscription("other", "bob", URI.create("https://Other.example.com/b"), "key", "secret"), NOW);
        notified(2);
        List<PushRows.Job> jobs = one.pushes.lease(NOW, 100, new PushHosts.Openings(Set.of("push.example.com"), Map.of()));
        assertThat(jobs).extracting(PushRows.Job::host).containsExactly("other.example.com", "other.example.com");
        one.commit();
        assertThat(leased(other, NOW, 100)).extracting(PushRows.Job::host).containsExactly("push.example.com", "push.example.com");
    }

    @Test
    void aJobBelongsToOneInstanceAndToTheOtherAfterAKill() throws SQLException {
        notified(PushHosts.MOST_AT_ONCE);
        Set<Long> leased = new HashSet<>();
        List<PushRows.Job> uncommitted = leased(one, NOW, 4);
        List<PushRows.Job> meanwhile = leased(other, NOW, 100);
        assertThat(meanwhile).as("without those that the other transaction has locked").hasSize(PushHosts.MOST_AT_ONCE - 4);
        uncommitted.forEach(job -> leased.add(job.notification()));
        meanwhile.forEach(job -> leased.add(job.notification()));
        assertThat(leased).hasSize(PushHosts.MOST_AT_ONCE);
        other.commit();
        one.close();

        assertThat(leased(other, NOW, 100)).as("not committed before the kill").hasSize(4);
        assertThat(leased(other, NOW.plus(PushRows.LEASE).minusMillis(1), 100)).as("leased").isEmpty();
        assertThat(leased(other, NOW.plus(PushRows.LEASE), 100)).as("not sent before the kill").hasSize(PushHosts.MOST_AT_ONCE);
    }

    @Test
    void whatWasReadIsNotPushedAndWhatWasPushedIsWithdrawn() throws SQLException {
        List<Notification> made = notified(2);
        List<PushRows.Job> jobs = leased(one, NOW, 1);
        one.pushes.sent(jobs.getFirst(), NOW);
        one.commit();
        other.notifications.read(Map.of(new PersonInRoom("bob", "r"), 2L));
        other.commit();

        List<PushRows.Job> left = leased(one, NOW.plus(PushRows.LEASE), 100);
        assertThat(left).extracting(PushRows.Job::notification).containsExactly(0L);
        assertThat(left.getFirst().withdrawn()).containsExactly(jobs.getFirst().notification());
        assertThat(other.notifications.read("bob", made.getLast().id())).as("read before").isFalse();
    }

    @Test
    void aPushThatWasReadWhileItWasSentIsWithdrawn() throws SQLException {
        notified(1);
        PushRows.Job sending = leased(one, NOW, 1).getFirst();
        one.commit();
        other.notifications.read(Map.of(new PersonInRoom("bob", "r"), 1L));
        other.commit();
        one.pushes.sent(sending, NOW);
        assertThat(leased(one, NOW, 100)).extracting(PushRows.Job::withdrawn).containsExactly(List.of(sending.notification()));
    }

    @Test
    void aPersonWhoReadsWhileAPushEndsIsNotRefused() throws Exception {
        List<Notification> made = notified(1);
        PushRows.Job sending = leased(one, NOW, 1).getFirst();
        one.commit();
        try (Statement reading = other.connection.createStatement()) {
            reading.execute("select id from notification where id = " + made.getFirst().id() + " for update");
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> one.pushes.sent(sending, NOW));
            await("the end of the push waits for the reader").until(this::someoneWaits);
            other.notifications.read(Map.of(new PersonInRoom("bob", "r"), 1L));
            other.commit();
            sent.get(10, TimeUnit.SECONDS);
        }
        assertThat(leased(one, NOW, 100)).extracting(PushRows.Job::withdrawn).containsExactly(List.of(sending.notification()));
    }

    private boolean someoneWaits() throws SQLException {
        try (Connection superuser = TestServer.databaseConnection(); Statement sql = superuser.createStatement();
                ResultSet waiting = sql.executeQuery("select 1 from pg_stat_activity where datname = 'leases' and wait_event_type = 'Lock'")) {
            return waiting.next();
        }
    }

    @Test
    void aMailIsSentByOneInstanceAndAnotherFollowsForWhatIsNew() throws SQLException {
        List<Notification> made = notified(3);
        assertThat(one.mails.lease(NOW, 10)).hasSize(1);
        assertThat(other.mails.lease(NOW, 10)).isEmpty();
        one.commit();
        assertThat(other.mails.lease(NOW.plus(MailRows.LEASE).minusMillis(1), 10)).isEmpty();
        assertThat(one.mails.unread("bob", 2)).extracting(line -> line.notification().id())
                .containsExactly(made.get(2).id(), made.get(1).id());

        one.mails.done("bob", made.get(1).id(), NOW.plusSeconds(60));
        one.commit();
        assertThat(other.mails.lease(NOW.plusSeconds(59), 10)).isEmpty();
        assertThat(other.mails.lease(NOW.plusSeconds(60), 10)).hasSize(1);
        other.mails.done("bob", made.get(2).id(), NOW);
        assertThat(other.mails.lease(NOW.plusSeconds(3_600), 10)).isEmpty();
    }

    @Test
    void aPositionIsMovedByOneInstanceAndOnlyPastWhatWasSearched() throws SQLException {
        Positions.createMissing(one.positions, List.of("r"));
        one.commit();
        assertThat(one.positions.lock(List.of("r"))).isEqualTo(Map.of("r", 0L));
        assertThat(other.positions.lock(List.of("r"))).as("locked").isEmpty();
        one.close();
        assertThat(other.positions.lock(List.of("r"))).as("after the kill").isEqualTo(Map.of("r", 0L));
        other.positions.pass(Map.of("r", new Positions.Passed(1, 5)));
        assertThat(other.positions.behind()).as("event 1 was not searched").isEqualTo(Map.of("r", 0L));
        other.positions.pass(Map.of("r", new Positions.Passed(0, 5)));
        assertThat(other.positions.behind()).isEmpty();
    }
}
