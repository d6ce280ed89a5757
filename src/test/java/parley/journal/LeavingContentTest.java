package parley.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.protocol.Frame;
import parley.sql.Tables;

/** Content that leaves the log is shown to those who want its room, as it is stored, and to nobody else. */
class LeavingContentTest {

    private static final EntityManager UNUSABLE = (EntityManager) Proxy.newProxyInstance(LeavingContentTest.class.getClassLoader(),
            new Class<?>[] {EntityManager.class}, (proxy, method, arguments) -> {
                throw new AssertionError("The database is not needed");
            });

    private final Tables tables = new Tables();
    private final Taker taker = new Taker("general");
    private final LeavingContent leaving = new LeavingContent(Stream.of(taker, new Taker("elsewhere")));

    /** Wants one room. */
    private static final class Taker implements Originals {
        private final String wanted;
        private final List<Leaving> taken = new ArrayList<>();
        private int asked;

        Taker(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean wants(String room, EntityManager em) {
            asked++;
            return room.equals(wanted);
        }

        @Override
        public void take(Leaving content, EntityManager em) {
            taken.add(content);
        }
    }

    @BeforeEach
    void create() {
        tables.execute("create table room_event (room varchar(64), log_offset bigint, type varchar(32), actor varchar(255), "
                + "frame varchar(1000), happened_at bigint, primary key (room, log_offset))");
    }

    private void store(String room, long offset) {
        tables.execute("insert into room_event values ('" + room + "', " + offset + ", 'message.posted', 'alice', 'frame " + offset
                + "', " + offset + ")");
    }

    @Test
    void readsNothingOfARoomThatNobodyWants() {
        leaving.show("private", Leaving.Reason.DELETED, Optional.empty(), List.of(1L), UNUSABLE);
        assertThat(taker.asked).isOne();
        assertThat(taker.taken).isEmpty();
    }

    @Test
    void asksNobodyIfNothingLeaves() {
        leaving.show("general", Leaving.Reason.EXPIRED, Optional.empty(), List.of(), UNUSABLE);
        assertThat(taker.asked).isZero();
    }

    @Test
    void showsTheStoredEventsOfThisRoomInTheirOrder() {
        store("general", 3);
        store("general", 7);
        store("private", 3);
        tables.run(running -> leaving.show("general", Leaving.Reason.DELETED, Optional.empty(), List.of(7L, 3L, 7L, 8L), running.em()));
        assertThat(taker.taken).containsExactly(new Leaving("general", Leaving.Reason.DELETED, Optional.empty(),
                List.of(original(3), original(7))));
    }

    private static Original original(long offset) {
        return new Original("general", offset, Instant.ofEpochMilli(offset), "message.posted", "alice", new Frame("frame " + offset));
    }

    @Test
    void showsManyEventsInParts() {
        List<Long> offsets = LongStream.rangeClosed(1, Leaving.MOST + 1).boxed().toList();
        tables.execute("insert into room_event select 'general', x, 'message.posted', 'alice', 'frame', x from system_range(1, "
                + offsets.size() + ")");
        tables.run(running -> leaving.show("general", Leaving.Reason.EXPIRED, Optional.empty(), offsets, running.em()));
        assertThat(taker.taken).extracting(part -> part.originals().size()).containsExactly(Leaving.MOST, 1);
        assertThat(taker.asked).isOne();
    }

    @Test
    void aTakerThatFailsStopsTheRemoval() {
        store("general", 1);
        LeavingContent broken = new LeavingContent(Stream.of(new Originals() {
            @Override
            public boolean wants(String room, EntityManager em) {
                return true;
            }

            @Override
            public void take(Leaving content, EntityManager em) {
                throw new IllegalStateException("planted");
            }
        }));
        tables.run(running -> assertThatThrownBy(() -> broken.show("general", Leaving.Reason.DELETED, Optional.empty(), List.of(1L),
                running.em())).hasMessage("planted"));
    }
}
