package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.hub.ARoom.head;
import static parley.hub.ARoom.posts;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import parley.journal.LoggedFrame;
import parley.protocol.Frame;
import parley.protocol.Position;

/** Which events of a log are in memory for subscriptions that are behind. */
class PagesTest {

    private final Pages pages = new Pages();

    @Test
    void returnsTheEventsAfterAPositionUpToTheEndOfThePage() {
        pages.add("room", ARoom.EPOCH, posts(5, 70));
        assertThat(offsets(4)).containsExactlyElementsOf(LongStream.rangeClosed(5, 32).boxed().toList());
        assertThat(offsets(31)).containsExactly(32L);
        assertThat(offsets(32)).hasSize(32);
        assertThat(offsets(64)).hasSize(6);
        assertThat(offsets(3)).isEmpty();
        assertThat(offsets(70)).isEmpty();
    }

    @Test
    void joinsWhatFollowsAndReplacesWhatDoesNot() {
        pages.add("room", ARoom.EPOCH, posts(5, 6));
        pages.add("room", ARoom.EPOCH, posts(6, 8));
        assertThat(offsets(4)).containsExactly(5L, 6L, 7L, 8L);
        pages.add("room", ARoom.EPOCH, posts(5, 6));
        assertThat(offsets(6)).containsExactly(7L, 8L);
        pages.add("room", ARoom.EPOCH, posts(10, 11));
        assertThat(offsets(4)).isEmpty();
        assertThat(offsets(9)).containsExactly(10L, 11L);
    }

    @Test
    void keepsEpochsAndRoomsApart() {
        pages.add("room", ARoom.EPOCH, posts(5, 6));
        assertThat(pages.after("room", new Position(ARoom.OTHER_EPOCH, 4))).isEmpty();
        assertThat(pages.after("other", head(4))).isEmpty();
    }

    @Test
    void addsNothingThatWasReadBeforeADeletion() {
        long mark = pages.mark();
        pages.add("room", ARoom.EPOCH, posts(5, 6), mark);
        assertThat(offsets(4)).hasSize(2);
        pages.forget("room");
        pages.add("room", ARoom.EPOCH, posts(5, 6), mark);
        assertThat(offsets(4)).isEmpty();
    }

    @Test
    void holdsABoundedNumberOfBytes() {
        for (long offset = 1; offset <= 4_000; offset++) {
            pages.add("room", ARoom.EPOCH, List.of(new LoggedFrame(offset, new Frame("x".repeat(12_000)))));
        }
        assertThat(pages.bytes()).isBetween(Pages.MOST_BYTES / 2, Pages.MOST_BYTES);
    }

    private List<Long> offsets(long after) {
        return pages.after("room", head(after)).stream().map(LoggedFrame::offset).toList();
    }
}
