package parley.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {

    @Test
    void continuesAfterAnError() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        Thread thread = Thread.ofPlatform().daemon().start(new PeriodicTask("the test", Duration.ofMillis(1), () -> {
            if (runs.incrementAndGet() < 3) {
                throw new StackOverflowError("planted");
            }
        }));
        await().until(() -> runs.get() > 3);
        thread.interrupt();
        thread.join();
        assertThat(thread.isAlive()).isFalse();
    }
}
