package parley.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.User;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomView;
import parley.tracing.Trace;

class PostponedTest {

    private static final int BATCH = 10;

    private final Postponed postponed = new Postponed(BATCH, 20);

    @Test
    void submissionsOfALockedRoomComeBeforeLaterOnes() {
        List<Waiting> first = of("a", 3);
        postponed.putBack(first, false);
        List<Waiting> later = of("a", 2);
        assertThat(next(later)).isEqualTo(join(first, later));
        assertThat(postponed.isEmpty()).isTrue();
    }

    @Test
    void lockedRoomTakesAtMostHalfABatch() {
        List<Waiting> locked = of("a", 8);
        postponed.putBack(locked, false);
        List<Waiting> others = of("b", 5);
        assertThat(next(others)).isEqualTo(join(locked.subList(0, 5), others));
        assertThat(postponed.all()).isEqualTo(locked.subList(5, 8));
    }

    @Test
    void lockedRoomsShareHalfABatch() {
        List<Waiting> many = of("a", 8);
        List<Waiting> few = of("b", 3);
        postponed.putBack(join(many, few), false);
        assertThat(next(List.of())).isEqualTo(join(many.subList(0, 2), few.subList(0, 2)));
    }

    @Test
    void batchOfOneTakesOne() {
        Postponed small = new Postponed(1, 20);
        List<Waiting> locked = of("a", 2);
        small.putBack(locked, false);
        List<Waiting> batch = new ArrayList<>();
        small.moveTo(batch, List.of());
        assertThat(batch).isEqualTo(locked.subList(0, 1));
    }

    @Test
    void noSubmissionPassesAnEarlierOneOfItsRoom() {
        List<Waiting> locked = of("a", 8);
        postponed.putBack(locked, false);
        List<Waiting> later = of("a", 1);
        List<Waiting> batch = next(later);
        assertThat(batch).isEqualTo(locked.subList(0, 5));
        postponed.putBack(batch, false);
        assertThat(postponed.all()).isEqualTo(join(locked, later));
    }

    @Test
    void refusedSubmissionsAreDropped() {
        List<Waiting> locked = of("a", 3);
        postponed.putBack(locked, false);
        locked.get(1).receipt().complete(new Receipt.Already(1));
        assertThat(next(List.of())).containsExactly(locked.get(0), locked.get(2));
    }

    @Test
    void lockedRoomIsRefusedPastAQuarterOfTheCapacity() {
        Postponed small = new Postponed(2, 8);
        List<Waiting> locked = of("a", 4);
        List<Waiting> batch = new ArrayList<>();
        small.moveTo(batch, locked);
        assertThat(batch).isEqualTo(locked.subList(0, 2));
        small.putBack(batch, false);
        List<Waiting> more = of("a", 2);
        batch.clear();
        small.moveTo(batch, more);
        assertThat(batch).isEqualTo(locked.subList(0, 1));
        assertThat(small.all()).isEqualTo(locked.subList(1, 3));
        assertThat(more).allMatch(Waiting::isDone);
    }

    @Test
    void isFullAtItsCapacity() {
        postponed.putBack(of("a", 19), false);
        assertThat(postponed.isFull()).isFalse();
        postponed.putBack(of("a", 1), false);
        assertThat(postponed.isFull()).isTrue();
    }

    @Test
    void pausesLongerWhileRoomsStayLocked() {
        long shortest = postponed.pause();
        for (int n = 0; n < 10; n++) {
            postponed.putBack(of("a", 1), false);
        }
        assertThat(postponed.pause()).isEqualTo(8 * shortest);
        postponed.putBack(List.of(), true);
        assertThat(postponed.pause()).isEqualTo(shortest);
    }

    private List<Waiting> next(List<Waiting> arrived) {
        List<Waiting> batch = new ArrayList<>();
        postponed.moveTo(batch, arrived);
        return batch;
    }

    private static List<Waiting> join(List<Waiting> first, List<Waiting> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static List<Waiting> of(String room, int count) {
        return IntStream.range(0, count).mapToObj(n -> new Waiting(new Submission(new Nothing(room, n), null, Trace.NONE),
                new CompletableFuture<>(), 0)).toList();
    }

    /** A proposal that is never decided. */
    private record Nothing(String room, int number) implements Proposal {

        @Override
        public Actor by() {
            return new Actor(new User("alice", "Alice"), false);
        }

        @Override
        public Decision decide(RoomView view, DecisionContext context, Instant now) {
            throw new UnsupportedOperationException();
        }
    }
}
