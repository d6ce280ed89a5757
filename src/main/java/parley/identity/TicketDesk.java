package parley.identity;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import parley.threads.ManagedThreads;

/**
 * Redeems tickets of handshakes on its own threads, so that strangers with made-up tickets can't occupy the server's threads while the
 * database hangs: at most {@link #MOST_WAITING} callers wait, each for {@link #LONGEST_MILLIS} at most. Safe for every thread.
 */
@ApplicationScoped
public class TicketDesk {

    static final int MOST_WAITING = 2;
    static final long LONGEST_MILLIS = 1_000;

    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private Function<String, Authentication> tickets;
    private BiFunction<String, String, Authentication> fileTickets;
    private ExecutorService threads;

    /** For the container's proxy. */
    protected TicketDesk() {
    }

    @Inject
    TicketDesk(Tickets tickets, ManagedThreads managed) {
        this(tickets::redeem, tickets::check, managed.pool("ticket", MOST_WAITING, MOST_WAITING));
    }

    TicketDesk(Function<String, Authentication> tickets, ExecutorService threads) {
        this(tickets, (file, ticket) -> tickets.apply(ticket), threads);
    }

    TicketDesk(Function<String, Authentication> tickets, BiFunction<String, String, Authentication> fileTickets,
               ExecutorService threads) {
        this.tickets = tickets;
        this.fileTickets = fileTickets;
        this.threads = threads;
    }

    /**
     * The caller that this ticket was issued to; empty if too many tickets are being redeemed or the database does not answer in time. In
     * the second case the ticket may be used up.
     */
    public Optional<Authentication> redeem(String ticket) {
        return bounded(() -> tickets.apply(ticket));
    }

    /** The caller that this ticket for a file was issued to; empty in the same cases. */
    public Optional<Authentication> check(String file, String ticket) {
        return bounded(() -> fileTickets.apply(file, ticket));
    }

    private Optional<Authentication> bounded(Supplier<Authentication> look) {
        if (!waiting.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CompletableFuture.supplyAsync(look, threads)
                    .get(LONGEST_MILLIS, TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException | TimeoutException slow) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed.getCause());
        } finally {
            waiting.release();
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
