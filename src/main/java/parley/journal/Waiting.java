package parley.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import parley.protocol.Problem;

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

    /** Refuses it as unavailable, unless it is done. */
    void refuse(String why) {
        receipt.complete(new Receipt.Refused(Problem.unavailable(why)));
    }

    boolean isOverdue(long now) {
        return now - since > LONGEST;
    }
}
