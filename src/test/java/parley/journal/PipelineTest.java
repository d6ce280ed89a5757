package parley.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parley.identity.Actor;
import parley.message.PostMessage;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.room.Proposal;

/** How many proposals of one piece of work wait for the journal, and which outcomes end the work. */
@Timeout(10)
class PipelineTest {

    private static final Proposal PROPOSAL = new PostMessage("room", new Actor(new User("alice", "Alice"), false), "key", "Hello", 0, false,
            List.of(), false);

    private final List<CompletableFuture<Receipt>> submitted = new ArrayList<>();
    private final Pipeline pipeline = new Pipeline(proposal -> {
        submitted.add(new CompletableFuture<>());
        return submitted.getLast();
    });

    @Test
    void aRefusalForNowEndsTheWork() throws InterruptedException {
        pipeline.submit(PROPOSAL);
        submitted.getFirst().complete(new Receipt.Refused(Problem.unavailable("Try again.")));
        assertThatThrownBy(pipeline::await).isInstanceOf(IllegalStateException.class).hasMessage("Try again.");
    }

    @Test
    void aRefusalThatLastsIsIgnored() throws InterruptedException {
        pipeline.submit(PROPOSAL);
        submitted.getFirst().complete(new Receipt.Refused(Problem.noSuchRoom()));
        pipeline.await();
    }

    @Test
    void aFailureEndsTheWork() throws InterruptedException {
        pipeline.submit(PROPOSAL);
        submitted.getFirst().completeExceptionally(new ArithmeticException("planted"));
        assertThatThrownBy(pipeline::await).isInstanceOf(IllegalStateException.class).hasRootCauseMessage("planted");
    }

    @Test
    void oneMoreThanTheMostWaitsForTheFirst() throws InterruptedException {
        for (int i = 0; i < Pipeline.MOST; i++) {
            pipeline.submit(PROPOSAL);
        }
        assertThat(submitted).hasSize(Pipeline.MOST);
        submitted.getFirst().complete(new Receipt.Refused(Problem.unavailable("Try again.")));
        assertThatThrownBy(() -> pipeline.submit(PROPOSAL)).isInstanceOf(IllegalStateException.class);
        assertThat(submitted).hasSize(Pipeline.MOST);
        submitted.get(1).complete(new Receipt.Committed(1));
        pipeline.submit(PROPOSAL);
        pipeline.submit(PROPOSAL);
        assertThat(submitted).hasSize(Pipeline.MOST + 2);
    }
}
