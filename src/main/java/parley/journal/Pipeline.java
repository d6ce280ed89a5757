package parley.journal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import parley.room.Proposal;

/**
 * The proposals of one long piece of work on their way into the log. Some wait for the journal at the same time, so that its writers have
 * work and other people's commands are between them. For one thread.
 */
public final class Pipeline {

    /** The most proposals that wait for the journal. */
    static final int MOST = 8;

    private final Function<Proposal, CompletableFuture<Receipt>> journal;
    private final Queue<CompletableFuture<Receipt>> waiting = new ArrayDeque<>();

    public Pipeline(Journal journal) {
        this(journal::submit);
    }

    Pipeline(Function<Proposal, CompletableFuture<Receipt>> journal) {
        this.journal = journal;
    }

    /** Submits a proposal. If there are {@value #MOST} already, waits for the first one before, and throws as {@link #await} does. */
    public void submit(Proposal proposal) throws InterruptedException {
        await(MOST - 1);
        waiting.add(journal.apply(proposal));
    }

    /**
     * Waits for the outcome of all proposals. Ignores refusals that last: a room that was closed meanwhile has nothing left to do.
     *
     * @throws IllegalStateException if one was refused for now or failed. The work has to propose it again
     */
    public void await() throws InterruptedException {
        await(0);
    }

    private void await(int most) throws InterruptedException {
        while (waiting.size() > most) {
            try {
                if (waiting.remove().get() instanceof Receipt.Refused refused && refused.problem().temporary()) {
                    throw new IllegalStateException(refused.problem().message());
                }
            } catch (ExecutionException defect) {
                throw new IllegalStateException(defect.getCause());
            }
        }
    }
}
