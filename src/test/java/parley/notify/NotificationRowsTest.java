package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.protocol.MessageChange;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.Why;
import parley.sql.Tables;

/** Transactions that change the same notifications and push jobs wait for each other, and never in a circle. */
class NotificationRowsTest {

    private final Tables tables = new Tables();

    @BeforeEach
    void create() {
        tables.execute("create table room (id varchar(64), head bigint)");
        tables.migrate("V25__notify.sql");
        tables.migrate("V53__schedule.sql");
        tables.execute("alter table push_job add column host varchar(255) default '' not null",
                "insert into notification (id, person, room, log_offset, why, actor, actor_name, happened_at) "
                        + "values (1, 'alice', 'general', 5, 'mention', 'bob', 'Bob', 0)",
                job("a", 1), job("b", 1));
    }

    private static String job(String id, long notification) {
        return "insert into push_job (id, subscription, person, notification, created_at, due_at) values ('" + id + "', 's', 'alice', "
                + notification + ", 0, 0)";
    }

    @Test
    void aPersonReadsWhileTheMessageIsDeleted() throws Exception {
        try (Tables.Running reading = tables.begin()) {
            reading.execute("update notification set seen = true where id = 1");
            CompletableFuture<Void> removing = tables.runBeside(other ->
                    NotificationRows.remove(other.em(), "room = ? and log_offset = ?", "general", 5L));
            tables.awaitBlocked();
            reading.execute("delete from push_job where notification = 1");
            reading.commit();
            removing.get(10, TimeUnit.SECONDS);
        }
        assertThat(tables.number("select count(*) from notification")).isZero();
        assertThat(tables.number("select count(*) from push_job")).isZero();
    }

    @Test
    void aPersonReadsTwoMessagesWhileTheyAreDeletedInAnotherOrder() throws Exception {
        tables.execute("insert into notification (id, person, room, log_offset, why, actor, actor_name, happened_at) "
                + "values (2, 'alice', 'general', 6, 'mention', 'bob', 'Bob', 0)");
        try (Tables.Running reading = tables.begin()) {
            reading.execute("select id from notification where id = 1 for update");
            CompletableFuture<Void> removing = tables.runBeside(other -> Withdrawing.remove(other.em(), List.of(deletes(6), deletes(5))));
            tables.awaitBlocked();
            reading.execute("select id from notification where id = 2 for update");
            reading.commit();
            removing.get(10, TimeUnit.SECONDS);
        }
        assertThat(tables.number("select count(*) from notification")).isZero();
    }

    private static RoomEvent deletes(long message) {
        return new RoomEvent("general", 10 + message, ARoom.AT, ARoom.BOB, new MessageChange.Deleted(message, 0));
    }

    @Test
    void removingLeavesOtherNotificationsAndTheirJobs() {
        tables.execute("insert into notification (id, person, room, log_offset, why, actor, actor_name, happened_at) "
                + "values (2, 'alice', 'general', 6, 'mention', 'bob', 'Bob', 0)", job("c", 2));
        tables.run(running -> assertThat(NotificationRows.remove(running.em(), "room = ? and log_offset = ?", "general", 5L))
                .containsExactly(new NotificationRows.Removed(1, "alice", false)));
        assertThat(tables.number("select id from notification")).isEqualTo(2);
        assertThat(tables.number("select notification from push_job")).isEqualTo(2);
    }

    @Test
    void whatHappensInTheRoomLeavesAReminderAlone() {
        Notification reminder = new Notification(2, "alice", "general", 5, Why.REMINDER, ARoom.BOB, ARoom.AT, false, "Look at it");
        tables.run(running -> NotificationRows.insert(running.em(), List.of(reminder)));
        // Of the message that the other notification is about.
        tables.run(running -> assertThat(Withdrawing.remove(running.em(), List.of(deletes(5),
                new RoomEvent("general", 20, ARoom.AT, ARoom.BOB, new RoomChange.Closed())))).hasSize(1));
        tables.run(running -> NotificationRows.remove(running.em(), "room = ? and log_offset <= ? and why <> 'invited'", "general", 99L));
        assertThat(tables.number("select id from notification")).isEqualTo(2);
        assertThat(tables.number("select about from notification where own = 'reminder' and note = 'Look at it'")).isEqualTo(5);
        assertThat(tables.number("select count(*) from notification where why = 'invited' and log_offset > 1000000000000")).as(
                "as the previous version reads it").isEqualTo(1);
    }
}
