package parley.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tickets while the database hangs. */
class TicketDeskTest {

    private static final Authentication DENIED = new Authentication.Denied(SignInRefusal.TICKET, "no such ticket");

    private final ExecutorService threads = Executors.newFixedThreadPool(TicketDesk.MOST_WAITING);
    private final CountDownLatch answers = new CountDownLatch(1);

    @AfterEach
    void ends() {
        answers.countDown();
        threads.shutdownNow();
    }

    @Test
    void returnsWhatTheDatabaseSays() {
        assertThat(new TicketDesk(ticket -> DENIED, threads).redeem("made up")).contains(DENIED);
        assertThatThrownBy(() -> new TicketDesk(ticket -> {
            throw new IllegalArgumentException("planted");
        }, threads).redeem("made up")).hasMessage("planted");
    }

    @Test
    void onlyAFewThreadsWaitAndOnlyForAShortTime() throws Exception {
        CountDownLatch waiting = new CountDownLatch(TicketDesk.MOST_WAITING);
        TicketDesk desk = new TicketDesk(ticket -> {
            waiting.countDown();
            await(answers);
            return DENIED;
        }, threads);
        List<CompletableFuture<?>> waiters = new ArrayList<>();
        for (int i = 0; i < TicketDesk.MOST_WAITING; i++) {
            waiters.add(CompletableFuture.supplyAsync(() -> desk.redeem("made up"), Thread::startVirtualThread));
        }
        waiting.await();
        long start = System.nanoTime();
        for (int i = 0; i < 40; i++) {
            assertThat(desk.redeem("another")).isEmpty();
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(TicketDesk.LONGEST_MILLIS);
        for (CompletableFuture<?> waiter : waiters) {
            assertThat(waiter.get(10, TimeUnit.SECONDS)).isEqualTo(java.util.Optional.empty());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
