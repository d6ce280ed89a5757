package parley.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.protocol.Change;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;

class DeletionRunsTest {

    private static RoomEvent event(String room, long offset, Change change) {
        return new RoomEvent(room, offset, Instant.EPOCH, new User("alice", "Alice"), change);
    }

    private static RoomEvent deleted(String room, long offset, long message) {
        return event(room, offset, new MessageChange.Deleted(message, 0));
    }

    @Test
    void nothingHasNoRuns() {
        assertThat(DeletionRuns.of(List.of())).isEmpty();
    }

    @Test
    void deletionsThatFollowEachOtherInARoomAreOneRun() {
        List<RoomEvent> events = List.of(deleted("a", 5, 1), deleted("a", 6, 2), event("a", 7, new MessageChange.Unpinned(3)),
                event("a", 8, new MessageChange.Unpinned(4)), deleted("a", 9, 3), deleted("b", 2, 1));
        assertThat(DeletionRuns.of(events)).containsExactly(events.subList(0, 2), events.subList(2, 3), events.subList(3, 4),
                events.subList(4, 5), events.subList(5, 6));
        assertThat(DeletionRuns.messages(events.subList(0, 2))).containsExactly(1L, 2L);
    }
}
