package parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.journal.LoggedFrame;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import parley.sql.Tables;

/** What is kept of removed messages, until it is taken back or forgotten. */
class RemovedMessagesTest {

    private final Tables tables = new Tables();
    private final RemovedMessages removed = new RemovedMessages();

    /** Message 4 was edited twice, has two reactions and is pinned; message 5 is plain. */
    @BeforeEach
    void create() {
        tables.execute("create table room (id varchar(64) primary key)",
                "create table lease (task varchar(64), node varchar(255), ends_at bigint)",
                "create table room_event (room varchar(64), log_offset bigint, frame varchar(1000), primary key (room, log_offset))",
                "create table message_version (room varchar(64), message_offset bigint, log_offset bigint)",
                "create table pin (room varchar(64), message_offset bigint, log_offset bigint)",
                "create table reaction (room varchar(64), message_offset bigint, emoji varchar(64), user_id varchar(255), "
                        + "log_offset bigint)");
        tables.migrate("V60__moderation.sql");
        for (int offset = 4; offset < 12; offset++) {
            tables.execute("insert into room_event (room, log_offset, frame) values ('plaza', " + offset + ", 'frame " + offset + "')");
        }
        tables.execute("insert into message_version (room, message_offset, log_offset) values ('plaza', 4, 6), ('plaza', 4, 9)",
                "insert into pin (room, message_offset, log_offset) values ('plaza', 4, 10)",
                "insert into reaction (room, message_offset, emoji, user_id, log_offset) values ('plaza', 4, 'a', 'bob', 7), "
                        + "('plaza', 4, 'b', 'bob', 8)");
        tables.run(running -> {
            removed.keep("plaza", "r1", List.of(4L, 5L), running.em());
        });
    }

    @Test
    void keepsTheFramesOfAMessageWithItsReactionsAndWhetherItWasPinned() {
        assertThat(tables.number("select count(*) from removed_frame where message_offset = 4")).isEqualTo(3);
        assertThat(tables.number("select count(*) from removed_reaction where message_offset = 4")).isEqualTo(2);
        assertThat(tables.number("select count(*) from removed_message where removal = 'r1' and pinned and message_offset = 4")).isOne();
        assertThat(tables.number("select count(*) from removed_message where removal = 'r1' and not pinned and message_offset = 5"))
                .isOne();
    }

    @Test
    void framesAreTakenBackOnce() {
        assertThat(take(List.of(4L))).extracting(LoggedFrame::offset).containsExactly(4L, 6L, 9L);
        assertThat(take(List.of(4L))).isEmpty();
        assertThat(take(List.of(5L))).singleElement().satisfies(frame -> assertThat(frame.frame().text()).isEqualTo("frame 5"));
        assertThat(tables.number("select count(*) from removed_reaction")).as("which come back later").isEqualTo(2);
    }

    @Test
    void retentionForgetsWhatIsKept() {
        tables.run(running -> {
            removed.forget("elsewhere", 100, running.em());
            removed.forget("plaza", 4, running.em());
        });
        assertThat(tables.number("select count(*) from removed_frame")).isOne();
        assertThat(tables.number("select count(*) from removed_message where message_offset = 5")).isOne();
        assertThat(tables.number("select count(*) from removed_reaction")).isZero();
    }

    @Test
    void nothingIsKeptOfAClosedRoom() {
        RoomEvent closed = new RoomEvent("plaza", 12, Instant.EPOCH, new User("alice", "Alice"), new RoomChange.Closed());
        tables.run(running -> {
            removed.project(List.of(closed), false, running.em());
        });
        assertThat(tables.number("select (select count(*) from removed_frame) + (select count(*) from removed_message)")).isZero();
    }

    private List<LoggedFrame> take(List<Long> messages) {
        AtomicReference<List<LoggedFrame>> taken = new AtomicReference<>();
        tables.run(running -> {
            taken.set(removed.take("plaza", messages, running.em()));
        });
        return taken.get();
    }
}
