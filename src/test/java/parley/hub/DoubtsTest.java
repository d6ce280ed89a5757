package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parley.journal.LogsDoubted;

class DoubtsTest {

    private static final Doubts.Look NOTHING = new Doubts.Look(false, Set.of());
    private static final Doubts.Look ALL = new Doubts.Look(true, Set.of());

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private long now = 1;
    private boolean reliable = true;
    private final Doubts doubts = new Doubts(() -> now);

    DoubtsTest() {
        doubts.askWhetherTheBusIsReliable(() -> reliable);
    }

    @Test
    void comparesEverythingUntilTheBusIsKnown() {
        Doubts alone = new Doubts(() -> now);
        assertThat(alone.next()).isEqualTo(ALL);
        assertThat(alone.next()).isEqualTo(ALL);
        assertThat(alone.next()).isEqualTo(ALL);
    }

    @Test
    void comparesEverythingTwiceAfterTheDoubtEnds() {
        reliable = false;
        assertThat(doubts.next()).isEqualTo(ALL);
        reliable = true;
        assertThat(doubts.next()).as("what arrived just before").isEqualTo(ALL);
        assertThat(doubts.next()).isEqualTo(NOTHING);
    }

    @Test
    void comparesEverythingTwiceAfterAGap() {
        assertThat(doubts.next()).isEqualTo(NOTHING);
        doubts.doubtAll();
        assertThat(doubts.next()).isEqualTo(ALL);
        assertThat(doubts.next()).isEqualTo(ALL);
        assertThat(doubts.next()).isEqualTo(NOTHING);
    }

    @Test
    void isQuietWithoutADoubtForSomeTime() {
        assertThat(doubts.areQuietSince(MINUTE)).as("just started").isFalse();
        now += MINUTE.toNanos();
        assertThat(doubts.areQuietSince(MINUTE)).isTrue();
        doubts.doubt("plaza");
        now += MINUTE.toNanos() - 1;
        assertThat(doubts.areQuietSince(MINUTE)).as("a room").isFalse();
        now++;
        assertThat(doubts.areQuietSince(MINUTE)).isTrue();
        doubts.doubtAll();
        assertThat(doubts.areQuietSince(MINUTE)).as("all rooms").isFalse();
        now += MINUTE.toNanos();
        reliable = false;
        assertThat(doubts.areQuietSince(MINUTE)).as("a bus that loses events").isFalse();
    }

    /** What knows it holds a lock while it reports doubts: to ask it under the lock of the doubts would stop both for good. */
    @Test
    void asksWithoutItsLock() {
        List<Boolean> locked = new ArrayList<>();
        doubts.askWhetherTheBusIsReliable(() -> locked.add(Thread.holdsLock(doubts)));
        doubts.areQuietSince(MINUTE);
        doubts.next();
        assertThat(locked).containsExactly(false, false);
    }

    @Test
    void comparesARoomInDoubtTwiceAndNoOther() {
        doubts.doubted(new LogsDoubted(Set.of("plaza")));
        assertThat(doubts.next()).isEqualTo(new Doubts.Look(false, Set.of("plaza")));
        doubts.doubt("cellar");
        assertThat(doubts.next()).isEqualTo(new Doubts.Look(false, Set.of("plaza", "cellar")));
        assertThat(doubts.next()).isEqualTo(new Doubts.Look(false, Set.of("cellar")));
        assertThat(doubts.next()).isEqualTo(NOTHING);
    }

    @Test
    void aFailedLookIsRepeated() {
        doubts.doubt("plaza");
        doubts.next();
        Doubts.Look second = doubts.next();
        doubts.failed(second);
        assertThat(doubts.next()).isEqualTo(second);
        doubts.failed(ALL);
        assertThat(doubts.next()).isEqualTo(ALL);
    }

    @Test
    void tooManyRoomsInDoubtAreAllRooms() {
        for (int i = 0; i < Doubts.MOST; i++) {
            doubts.doubt("room " + i);
        }
        Doubts.Look most = doubts.next();
        assertThat(most.all()).isFalse();
        assertThat(most.rooms()).hasSize(Doubts.MOST);
        doubts.doubt("one more");
        assertThat(doubts.next()).isEqualTo(ALL);
    }

    @Test
    void sweepsEveryTenSeconds() {
        now += Doubts.SWEEP - 1;
        assertThat(doubts.next()).isEqualTo(NOTHING);
        now++;
        assertThat(doubts.next()).isEqualTo(ALL);
        assertThat(doubts.next()).isEqualTo(NOTHING);
    }

    @Test
    void aDatabaseThatMayHaveLostCommitsPutsAllRoomsInDoubt() {
        doubts.doubted(LogsDoubted.all());
        assertThat(doubts.next()).isEqualTo(ALL);
    }

    @Test
    void anIdleMinuteTakesFourLooksAtAllRooms() {
        int looks = 0;
        for (int tick = 0; tick < 120; tick++) {
            now += TimeUnit.MILLISECONDS.toNanos(500);
            looks += doubts.next().all() ? 1 : 0;
        }
        assertThat(looks).isEqualTo(4);
    }
}
