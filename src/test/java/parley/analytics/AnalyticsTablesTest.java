package parley.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.sql.Tables;

/** Days as they are counted from the log. The smallest group has three people. */
class AnalyticsTablesTest {

    private static final long DAY = 20_000;
    private static final long MORNING = DAY * RoomFold.DAY_MILLIS + 3_600_000;
    private static final int GROUP = 3;

    private final Tables tables = new Tables();
    private int offset;

    @BeforeEach
    void createTables() {
        tables.execute("create table lease (task varchar(50), node varchar(255), ends_at bigint)",
                "create table room (id varchar(64), head bigint)",
                "create table room_event (room varchar(64), log_offset bigint, type varchar(32), actor varchar(255), "
                        + "happened_at bigint, thread_offset bigint, primary key (room, log_offset))");
        tables.migrate("V62__analytics.sql");
    }

    private <T> T in(Function<AnalyticsTables, T> work) {
        List<T> result = new ArrayList<>();
        tables.run(running -> result.add(work.apply(new AnalyticsTables(running.em()))));
        return result.getFirst();
    }

    private long happens(String room, String type, String actor, long at, String thread) {
        offset++;
        tables.execute("insert into room_event values ('" + room + "', " + offset + ", '" + type + "', '" + actor + "', " + at + ", "
                + thread + ")", "delete from room where id = '" + room + "'", "insert into room values ('" + room + "', " + offset + ")");
        return offset;
    }

    private long says(String room, String actor, long seconds) {
        return happens(room, "message.posted", actor, MORNING + seconds * 1_000, "null");
    }

    private void replies(String room, String actor, long seconds, long to) {
        happens(room, "message.posted", actor, MORNING + seconds * 1_000, String.valueOf(to));
    }

    private void countUntil(long end) {
        for (String room : in(open -> open.behind(""))) {
            while (in(open -> open.count(room, DAY, end))) {
                // Further events.
            }
        }
        in(open -> {
            open.finish(end, GROUP, DAY - 10);
            return true;
        });
    }

    private List<String> roomsBehind() {
        return in(open -> open.behind(""));
    }

    private List<Day> days() {
        return in(open -> open.days(0, GROUP));
    }

    @Test
    void aDayOfTooFewPeopleIsNotStored() {
        says("a", "alice", 0);
        says("a", "bob", 60);
        says("a", "service:bot", 70);
        countUntil(DAY + 1);
        assertThat(days()).isEmpty();
        assertThat(tables.number("select count(*) from analytics_day")).isZero();
    }

    @Test
    void aMedianOfTooFewPeopleIsAbsent() {
        says("a", "alice", 0);
        says("a", "bob", 60);
        happens("a", "reaction.added", "carol", MORNING, "null");
        countUntil(DAY + 1);
        assertThat(days()).singleElement().satisfies(day -> {
            assertThat(day.people()).isEqualTo(3);
            assertThat(day.messages()).isEqualTo(2);
            assertThat(day.answers()).isZero();
            assertThat(day.medianSeconds()).isEqualTo(OptionalLong.empty());
        });
    }

    @Test
    void countsPeopleMessagesRoomsAndAnswers() {
        long root = says("a", "alice", 0);
        says("a", "bob", 60);
        says("a", "bob", 61);
        says("a", "carol", 121);
        says("b", "alice", 0);
        replies("a", "alice", 130, root);
        replies("a", "bob", 600, root);
        replies("a", "carol", 7_000, root);
        countUntil(DAY + 1);
        Day day = days().getFirst();
        assertThat(List.of(day.people(), day.rooms())).containsExactly(3, 2);
        assertThat(day.messages()).isEqualTo(8);
        // Bob and Carol in the room, Bob in the thread; two people are too few.
        assertThat(day.answers()).isZero();
        assertThat(day.date()).isEqualTo(LocalDate.ofEpochDay(DAY));
    }

    @Test
    void theMedianIsThatOfAllAnswers() {
        says("a", "alice", 0);
        says("a", "bob", 60);
        says("a", "carol", 120);
        says("a", "alice", 4_000);
        countUntil(DAY + 1);
        assertThat(days().getFirst().answers()).isEqualTo(3);
        assertThat((double) days().getFirst().medianSeconds().getAsLong()).isBetween(54d, 66d);
    }

    @Test
    void aDayThatWasCountedStaysAsItIsAndLeavesNoPeople() {
        List.of("alice", "bob", "carol").forEach(person -> says("a", person, 0));
        countUntil(DAY + 1);
        List<Day> before = days();
        says("b", "d", 1);
        long next = DAY + 2;
        for (String room : in(open -> open.behind(""))) {
            in(open -> open.count(room, DAY + 1, next));
        }
        in(open -> {
            open.finish(next, GROUP, DAY);
            return true;
        });
        assertThat(days()).isEqualTo(before);
        assertThat(tables.number("select count(*) from analytics_person")).isZero();
        assertThat(tables.number("select count(*) from analytics_answer")).isZero();
        long finished = in(AnalyticsTables::finished);
        assertThat(finished).isEqualTo(DAY + 1);
    }

    @Test
    void whatHappensAfterTheDayWaitsForTheNextCount() {
        List.of("alice", "bob", "carol").forEach(person -> says("a", person, 0));
        List.of("alice", "bob", "carol").forEach(person -> says("a", person, 86_400));
        countUntil(DAY + 1);
        assertThat(days()).extracting(Day::messages).containsExactly(3L);
        assertThat(roomsBehind()).containsExactly("a");
        countUntil(DAY + 2);
        assertThat(days()).extracting(Day::messages).containsExactly(3L, 3L);
        assertThat(roomsBehind()).isEmpty();
    }

    @Test
    void anInterruptedCountGoesOnWithoutCountingTwice() {
        int many = AnalyticsTables.MOST_EVENTS + 5;
        StringBuilder rows = new StringBuilder();
        for (int n = 1; n <= many; n++) {
            rows.append(n == 1 ? "" : ",").append("('a', ").append(n).append(", 'message.posted', 'p").append(n % 4).append("', ")
                    .append(MORNING + n).append(", null)");
        }
        tables.execute("insert into room_event values " + rows, "insert into room values ('a', " + many + ")");
        boolean more = in(open -> open.count("a", DAY, DAY + 1));
        assertThat(more).isTrue();
        countUntil(DAY + 1);
        assertThat(days()).singleElement().satisfies(day -> {
            assertThat(day.messages()).isEqualTo(many);
            assertThat(List.of(day.people(), day.rooms())).containsExactly(4, 1);
        });
    }

    @Test
    void oldDaysAreDeleted() {
        List.of("alice", "bob", "carol").forEach(person -> says("a", person, 0));
        countUntil(DAY + 1);
        in(open -> {
            open.finish(DAY + 1, GROUP, DAY + 1);
            return true;
        });
        assertThat(days()).isEmpty();
    }
}
