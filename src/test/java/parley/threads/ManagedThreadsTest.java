package parley.threads;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runs, and what doesn't, while the application stops. */
@Timeout(60)
class ManagedThreadsTest {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final ManagedThreads threads = new ManagedThreads((ManagedThreadFactory) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[]{ManagedThreadFactory.class},
            (proxy, method, arguments) -> Thread.ofPlatform().unstarted((Runnable) arguments[0])));
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void noTaskRunsAfterTheTasksWereStopped() throws InterruptedException {
        threads.repeat("work", SHORT, () -> {
            runs.incrementAndGet();
            began.countDown();
        });
        Loop waiting = threads.repeat("rare work", LONG, runs::incrementAndGet);
        began.await();
        assertThat(threads.stopTasks()).isTrue();
        int before = runs.get();
        waiting.wake();
        TimeUnit.MILLISECONDS.sleep(50);
        assertThat(runs).hasValue(before);
    }

    @Test
    void aTaskThatIsStartedTooLateNeverRuns() throws InterruptedException {
        assertThat(threads.stopTasks()).isTrue();
        Loop late = threads.repeat("work", SHORT, runs::incrementAndGet);
        Loop alsoLate = threads.startTask("queue", loop -> runs.incrementAndGet());
        late.wake();
        assertThat(late.join(SHORT)).isTrue();
        assertThat(alsoLate.goesOn()).isFalse();
        TimeUnit.MILLISECONDS.sleep(50);
        assertThat(runs).hasValue(0);
        late.stop();
        threads.stop();
    }

    @Test
    void aTaskThatNeedsTimeIsReportedAndEndsAfterItsStep() throws InterruptedException {
        Loop slow = threads.repeat("work", SHORT, () -> {
            began.countDown();
            awaitUninterruptedly();
            runs.incrementAndGet();
        });
        began.await();
        assertThat(threads.stopTasks()).isFalse();
        end.countDown();
        assertThat(slow.join(Duration.ofSeconds(10))).isTrue();
        assertThat(runs).hasValue(1);
        assertThat(threads.stopTasks()).isTrue();
    }

    @Test
    void whatOtherBeansNeedGoesOnUntilTheEnd() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Loop writer = threads.start("writer", loop -> {
            began.countDown();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
            }
        });
        began.await();
        assertThat(threads.stopTasks()).isTrue();
        assertThat(writer.goesOn()).isTrue();
        threads.stop();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRunThatFailsBecauseTheApplicationStopsIsNotLogged() throws InterruptedException {
        AtomicInteger logged = new AtomicInteger();
        Handler counting = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.incrementAndGet();
            }

            @Override
            public void flush() {
                // Nothing waits.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger log = Logger.getLogger(PeriodicTask.class.getName());
        log.addHandler(counting);
        try {
            Loop failing = threads.repeat("work", SHORT, () -> {
                began.countDown();
                awaitUninterruptedly();
                throw new IllegalStateException("The database is gone");
            });
            began.await();
            failing.stop();
            end.countDown();
            assertThat(failing.join(Duration.ofSeconds(10))).isTrue();
            assertThat(logged).hasValue(0);
        } finally {
            log.removeHandler(counting);
        }
    }

    private void awaitUninterruptedly() {
        while (true) {
            try {
                end.await();
                return;
            } catch (InterruptedException again) {
                // The present step is not interrupted.
            }
        }
    }
}
