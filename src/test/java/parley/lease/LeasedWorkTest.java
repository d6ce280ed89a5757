package parley.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/** When work under a lease begins, extends its lease and ends. */
class LeasedWorkTest {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final List<Loop> loops = new ArrayList<>();
    private final List<Duration> taken = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private boolean isFree = true;

    private final LeasedWork work = new LeasedWork(new ManagedThreads() {
        @Override
        public Loop repeatWork(String what, Duration pause, Consumer<Loop> task) {
            loops.add(new Loop(what, LONG, task));
            return loops.getLast();
        }
    }, new Leases() {
        @Override
        public boolean take(Task task, Duration lease) {
            assertThat(task).isEqualTo(Task.ERASURES);
            taken.add(lease);
            return isFree;
        }
    });

    @Test
    void anotherInstanceKeepsTheLease() {
        isFree = false;
        work.repeat(Task.ERASURES, PAUSE, LONG, () -> seen.add("work"));
        loops.getFirst().run();
        assertThat(taken).containsExactly(LONG);
        assertThat(seen).isEmpty();
    }

    @Test
    void aStepEndsTheWorkWhenAnotherInstanceHasTheLease() {
        run(Duration.ZERO, () -> {
            assertThat(work.take()).isTrue();
            isFree = false;
            assertThat(work.mayGoOn()).isFalse();
            assertThatThrownBy(work::goOn).isInstanceOf(LeasedWork.Interrupted.class);
            assertThat(work.isStopping()).isFalse();
            assertThat(work.isOver()).isTrue();
        });
    }

    @Test
    void aStepEndsTheWorkWhenTheInstanceStops() {
        run(LONG, () -> {
            assertThat(work.take()).isTrue();
            assertThat(work.mayGoOn()).isTrue();
            Thread.currentThread().interrupt();
            assertThat(work.mayGoOn()).isFalse();
            assertThatThrownBy(work::goOn).isInstanceOf(LeasedWork.Interrupted.class);
            assertThat(work.isStopping()).isTrue();
            assertThat(work.isOver()).isTrue();
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInstanceThatStopsTakesNoLease() {
        run(LONG, () -> {
            assertThat(work.take()).isTrue();
            loops.getFirst().stop();
            assertThat(work.take()).as("it was handed over").isFalse();
        });
        assertThat(taken).hasSize(1);
    }

    @Test
    void aStepExtendsOnlyALeaseOfWhichAPartHasPassed() {
        run(LONG, () -> {
            work.take();
            work.goOn();
            work.goOn();
        });
        assertThat(taken).containsExactly(LONG);
    }

    @Test
    void aStepExtendsALeaseOfWhichAPartHasPassed() {
        run(Duration.ZERO, () -> {
            work.take();
            work.goOn();
            work.goOn();
        });
        assertThat(taken).hasSize(3);
    }

    @Test
    void aFailedExtensionIsTriedAgainByTheNextStep() {
        run(LONG, () -> {
            isFree = false;
            assertThat(work.take()).isFalse();
            assertThat(work.mayGoOn()).isFalse();
        });
        assertThat(taken).hasSize(2);
    }

    @Test
    void anInterruptionOfALookStopsItsThread() {
        run(LONG, () -> {
            throw new InterruptedException();
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aSecondStartDoesNothing() {
        run(LONG, () -> seen.add("first"));
        work.start(Task.ERASURES, PAUSE, LONG, () -> seen.add("second"));
        assertThat(loops).extracting(Loop::name).containsExactly(Task.ERASURES.title());
        assertThat(seen).containsExactly("first");
    }

    @Test
    @Timeout(10)
    void wakingEndsThePause() throws InterruptedException {
        work.wake();
        work.start(Task.ERASURES, PAUSE, LONG, () -> { });
        work.wake();
        loops.getFirst().pause(LONG);
    }

    private void run(Duration lease, LeasedWork.Look look) {
        work.start(Task.ERASURES, PAUSE, lease, look);
        loops.getFirst().run();
    }
}
