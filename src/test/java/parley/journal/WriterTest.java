package parley.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.ErrorCode;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomView;
import parley.settings.Given;
import parley.settings.Settings;
import parley.threads.Loop;

/** A writer answers what was in progress when something throws, and goes on. */
class WriterTest {

    // Without its parts, it throws for each batch.
    private final Committing broken = new Committing(new OptimisticCommit(new WriterConnection(null), null, null, null, null, List.of()),
            null, null, null, null, null, null, null);
    private final Writer writer = new Writer(Settings.of(new Given(Map.of())), broken);
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(new Loop("writer", Duration.ofMinutes(1), writer));

    @BeforeEach
    void begins() {
        thread.start();
    }

    @AfterEach
    void ends() throws InterruptedException {
        writer.stop();
        thread.join();
    }

    @Test
    void refusesABatchThatFailsAndGoesOn() throws Exception {
        assertThat(code(submitted("room"))).isEqualTo(ErrorCode.INTERNAL);
        assertThat(code(submitted("room"))).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void refusesWhatItTookFromTheQueueIfAnErrorComesBeforeTheCommit() throws Exception {
        assertThat(code(submitted(null))).isEqualTo(ErrorCode.INTERNAL);
        assertThat(code(submitted("room"))).isEqualTo(ErrorCode.INTERNAL);
        await().until(() -> !writer.isBusy());
    }

    private CompletableFuture<Receipt> submitted(String room) {
        return writer.submit(new Submission(new OfRoom(room), null, null));
    }

    private static ErrorCode code(CompletableFuture<Receipt> receipt) throws Exception {
        return ((Receipt.Refused) receipt.get(10, TimeUnit.SECONDS)).problem().code();
    }

    /** @param room null to throw an error as soon as the writer asks for the room */
    private record OfRoom(String room) implements Proposal {

        @Override
        public String room() {
            if (room == null) {
                throw new StackOverflowError("planted");
            }
            return room;
        }

        @Override
        public Actor by() {
            throw new StackOverflowError("planted");
        }

        @Override
        public Decision decide(RoomView view, DecisionContext context, Instant now) {
            throw new StackOverflowError("planted");
        }
    }
}
