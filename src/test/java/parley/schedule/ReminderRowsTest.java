package parley.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.notify.Notification;
import parley.notify.OwnNotifications;
import parley.protocol.User;
import parley.sql.Tables;

/** Reminders in their table. Bob's access has ended. */
class ReminderRowsTest {

    private static final Instant DUE = Instant.parse("2030-01-01T12:00:00Z");

    private final Tables tables = new Tables();
    private final List<String> told = new ArrayList<>();
    private boolean areNotificationsOn = true;

    @BeforeEach
    void create() {
        tables.execute("create table notification (id bigint)", "create table person (id varchar(255) primary key)",
                "insert into person (id) values ('alice')");
        tables.migrate("V53__schedule.sql");
    }

    private void on(Consumer<ReminderRows> work) {
        tables.run(running -> work.accept(rows(running)));
    }

    private ReminderRows rows(Tables.Running running) {
        OwnNotifications notifications = new OwnNotifications() {
            @Override
            public boolean areOn() {
                return areNotificationsOn;
            }

            @Override
            public List<Notification> add(List<Own> own, Instant now) {
                own.forEach(each -> told.add(each.person().name() + " " + each.why().wire() + " " + each.about() + " " + each.text()));
                return List.of();
            }
        };
        return new ReminderRows(running.em(), notifications, id -> new User(id, "Name of " + id), person -> !person.equals("bob"));
    }

    private void adds(Reminder reminder) {
        on(rows -> assertThat(rows.add(reminder, 100)).isTrue());
    }

    private static Reminder reminder(String person, String id, Instant at) {
        return new Reminder(person, id, "general", 7, "Text of " + id, at);
    }

    @Test
    void fireOnceWhenTheyAreDue() {
        adds(reminder("alice", "a", DUE));
        adds(reminder("alice", "b", DUE.plusSeconds(1)));
        on(rows -> assertThat(rows.fire(DUE.minusMillis(1), 50).reminders()).isZero());
        on(rows -> assertThat(rows.fire(DUE, 50).reminders()).isEqualTo(1));
        on(rows -> assertThat(rows.fire(DUE, 50).reminders()).isZero());
        assertThat(told).containsExactly("Name of alice reminder 7 Text of a");
        on(rows -> assertThat(rows.of("alice")).containsExactly(reminder("alice", "b", DUE.plusSeconds(1))));
    }

    @Test
    void aTransactionThatFailsFiresThemAgain() {
        adds(reminder("alice", "a", DUE));
        assertThatThrownBy(() -> on(rows -> {
            rows.fire(DUE, 50);
            throw new IllegalStateException("The instance is killed before the commit.");
        })).isInstanceOf(IllegalStateException.class);
        on(rows -> assertThat(rows.fire(DUE, 50).reminders()).isEqualTo(1));
    }

    @Test
    void waitWhileNotificationsAreSwitchedOff() {
        adds(reminder("alice", "a", DUE));
        areNotificationsOn = false;
        on(rows -> assertThat(rows.fire(DUE, 50).reminders()).isZero());
        areNotificationsOn = true;
        on(rows -> assertThat(rows.fire(DUE.plusSeconds(60), 50).reminders()).isEqualTo(1));
        assertThat(told).hasSize(1);
    }

    @Test
    void whoseAccessEndedIsNotTold() {
        adds(reminder("bob", "a", DUE));
        on(rows -> assertThat(rows.fire(DUE, 50).reminders()).isEqualTo(1));
        assertThat(told).isEmpty();
        on(rows -> assertThat(rows.of("bob")).isEmpty());
    }

    @Test
    void onlyTheirPersonRemovesThem() {
        adds(reminder("alice", "a", DUE));
        on(rows -> assertThat(rows.remove("carol", "a")).isFalse());
        on(rows -> assertThat(rows.remove("alice", "a")).isTrue());
        on(rows -> assertThat(rows.one("alice", "a")).isEmpty());
    }

    @Test
    void twoRequestsAtOnceDontExceedTheMost() {
        adds(reminder("alice", "a", DUE));
        tables.runInTurns(first -> assertThat(rows(first).add(reminder("alice", "b", DUE), 2)).isTrue(),
                second -> assertThat(rows(second).add(reminder("alice", "c", DUE), 2)).isFalse());
        on(rows -> assertThat(rows.of("alice")).extracting(Reminder::id).containsExactly("a", "b"));
    }

    @Test
    void twoRequestsWithTheSameIdAddOne() {
        tables.runInTurns(first -> assertThat(rows(first).add(reminder("alice", "a", DUE), 1)).isTrue(),
                second -> assertThat(rows(second).add(reminder("alice", "a", DUE.plusSeconds(1)), 1)).isTrue());
        on(rows -> assertThat(rows.of("alice")).containsExactly(reminder("alice", "a", DUE)));
    }
}
