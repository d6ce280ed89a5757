package parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Updates become changes of people. */
class DocumentHistoryTest {

    private static final long NOON = Instant.parse("2026-05-01T12:00:00Z").toEpochMilli();

    private static DocumentHistory.Stored update(long version, String author, long seconds) {
        return new DocumentHistory.Stored(version, author, NOON + 1_000 * seconds);
    }

    private static DocumentHistory.Change change(long first, long last, String author, long seconds) {
        return new DocumentHistory.Change(first, last, author, Optional.of(Instant.ofEpochMilli(NOON + 1_000 * seconds)));
    }

    @Test
    void noUpdatesAreNoChange() {
        assertThat(DocumentHistory.grouped(List.of())).isEmpty();
    }

    @Test
    void anotherPersonAndAnotherMinuteBeginAChange() {
        assertThat(DocumentHistory.grouped(List.of(update(8, "alice", 0), update(9, "alice", 59), update(10, "alice", 60),
                update(11, "bob", 61), update(12, "alice", 62), update(13, "alice", 63))))
                .containsExactly(change(8, 9, "alice", 0), change(10, 10, "alice", 60), change(11, 11, "bob", 61),
                        change(12, 13, "alice", 62));
    }

    @Test
    void updatesWithoutATimeAreOneChangeWithoutOne() {
        assertThat(DocumentHistory.grouped(List.of(new DocumentHistory.Stored(1, "alice", 0), new DocumentHistory.Stored(2, "alice", 0),
                update(3, "alice", 0)))).containsExactly(new DocumentHistory.Change(1, 2, "alice", Optional.empty()),
                change(3, 3, "alice", 0));
    }
}
