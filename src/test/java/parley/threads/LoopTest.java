package parley.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Threads that go on whatever their body throws, and that liveness knows. */
class LoopTest {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void aPeriodicTaskContinuesAfterAnError() throws InterruptedException {
        Loop loop = started(new PeriodicTask("the test", Duration.ofMillis(1), step -> {
            if (runs.incrementAndGet() < 3) {
                throw new StackOverflowError("planted");
            }
        }));
        await().until(() -> runs.get() > 3);
        loop.stop();
        assertThat(loop.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aStopEndsAPauseAtOnce() throws InterruptedException {
        Loop loop = started(new PeriodicTask("the test", Duration.ofHours(1), step -> runs.incrementAndGet()));
        loop.stop();
        assertThat(loop.join(Duration.ofSeconds(10))).isTrue();
        assertThat(runs).hasValue(0);
    }

    @Test
    void wakingEndsAPauseAlsoIfAStepWasInProgress() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Loop loop = started(new PeriodicTask("the test", Duration.ofHours(1), step -> {
            runs.incrementAndGet();
            begun.countDown();
            waitFor(end);
        }));
        loop.wake();
        begun.await();
        loop.wake();
        end.countDown();
        await().until(() -> runs.get() == 2);
        loop.stop();
        assertThat(loop.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aStopLetsTheStepInProgressEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Loop loop = started(new PeriodicTask("the test", Duration.ofMillis(1), step -> {
            begun.countDown();
            waitFor(end);
            interrupted.set(Thread.currentThread().isInterrupted());
        }));
        begun.await();
        loop.stop();
        assertThat(loop.join(Duration.ofMillis(50))).isFalse();
        end.countDown();
        assertThat(loop.join(Duration.ofSeconds(10))).isTrue();
        assertThat(interrupted).isFalse();
    }

    @Test
    void aBodyThatThrowsStartsAgain() throws InterruptedException {
        CountDownLatch again = new CountDownLatch(1);
        Loop loop = started(running -> {
            if (runs.incrementAndGet() == 1) {
                throw new StackOverflowError("planted");
            }
            again.countDown();
        });
        again.await();
        assertThat(loop.join(Duration.ofSeconds(10))).isTrue();
        assertThat(runs).hasValue(2);
    }

    @Test
    void isLateUntilItCompletesAStep() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Loop loop = started(running -> waitFor(end));
        long later = System.nanoTime() + LONGEST.plusSeconds(3).toNanos();
        assertThat(loop.lateness(System.nanoTime())).isEmpty();
        assertThat(loop.lateness(later).orElseThrow()).matches("completed nothing for 6[3-9] s");
        end.countDown();
        assertThat(loop.join(Duration.ofSeconds(10))).isTrue();
        assertThat(loop.lateness(later)).as("it has ended as it should").isEmpty();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Loop started(Consumer<Loop> body) {
        Loop loop = new Loop("test", LONGEST, body);
        loop.start(Thread.ofPlatform().daemon().unstarted(loop));
        return loop;
    }
}
