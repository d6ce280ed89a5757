package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.notify.ARoom.ALICE;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.journal.Committed;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.room.RoomView;

class FoundTest {

    private static Found found(long after, RoomEvent... events) {
        RoomView view = ARoom.of(RoomKind.PUBLIC);
        for (long offset = ARoom.START + 1; offset <= events[events.length - 1].offset(); offset++) {
            view = view.after(ARoom.says(offset, ALICE, "t"));
        }
        return Found.of(new Committed.RoomBatch(view, List.of(events), List.of()), after);
    }

    @Test
    void joinsBatchesThatFollowEachOther() {
        Found joined = found(4, ARoom.says(5, ALICE, "a")).and(found(5, ARoom.says(6, ALICE, "b")));
        assertThat(joined.events().stream().map(RoomEvent::offset)).containsExactly(5L, 6L);
        assertThat(joined.after()).isEqualTo(4);
        assertThat(joined.view().orElseThrow().offset()).isEqualTo(6);
    }

    @Test
    void joinsOverAPartThatNotifiesNobody() {
        assertThat(found(4, ARoom.says(5, ALICE, "a")).and(found(5, ARoom.says(9, ALICE, "b"))).last()).isEqualTo(9);
    }

    @Test
    void readsTheLogIfEventsAreMissing() {
        assertThat(Stream.of(found(4, ARoom.says(5, ALICE, "a")).and(found(6, ARoom.says(7, ALICE, "b"))),
                Found.inLog("room").and(found(4, ARoom.says(5, ALICE, "a"))), found(4, ARoom.says(5, ALICE, "a")).and(Found.inLog("room"))))
                .allSatisfy(found -> assertThat(found.view()).isEmpty());
    }
}
