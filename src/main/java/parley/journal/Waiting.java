package parley.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A submission that waits for its commit.
 *
 * @param since when it was submitted, as {@link System#nanoTime}
 */
record Waiting(Submission submission, CompletableFuture<Receipt> receipt, long since) {

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(5);

    String room() {
        return submission.proposal().room();
    }

    boolean isDone() {
        return receipt.isDone();
    }

    boolean isOverdue(long now) {
        return now - since > LONGEST;
    }
}
