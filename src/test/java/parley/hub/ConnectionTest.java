package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.identity.Caller;
import parley.protocol.Framing;
import parley.protocol.User;
import parley.threads.Loop;

/** What a connection does at its token's end, though the sweeper has not come by yet. */
class ConnectionTest {

    private static final long END = 1_000_000;

    private final Peer peer = new Peer();
    private final Flusher flusher = new Flusher(delay -> { });
    private final Thread flushing = Thread.ofPlatform().daemon()
            .unstarted(new Loop("flusher", Duration.ofMinutes(1), flusher));
    private final Connection connection = new Connection("s", aliceUntil(END), "127.0.0.1", peer, flusher, 1_000,
            Heartbeat.begin(Duration.ofMinutes(1)), behind -> { }, null);

    @BeforeEach
    void begins() {
        connection.begin();
        flushing.start();
    }

    @AfterEach
    void ends() {
        flushing.interrupt();
    }

    @Test
    void saysNothingMoreButWhyItEnds() {
        connection.offer(bytes("after"), END, Outbox.NEVER);
        connection.offer(bytes("later"), END + 1, Outbox.NEVER);
        await().until(peer::isEnded);
        assertThat(peer.read()).isEqualTo(Framing.close(4001, "the token expired"));
        assertThat(connection.isClosing()).isTrue();
    }

    @Test
    void goesOnWhenItWasRefreshed() {
        connection.replaceCaller(aliceUntil(END + 1_000));
        connection.offer(bytes("after"), END, Outbox.NEVER);
        connection.close(1000, "");
        await().until(peer::isEnded);
        assertThat(new String(peer.read(), StandardCharsets.ISO_8859_1)).startsWith("after");
    }

    // Otherwise what was held back meanwhile would be missing among the events.
    @Test
    void isNotRevivedByATokenThatComesTooLate() {
        connection.offer(bytes("after"), END, Outbox.NEVER);
        connection.replaceCaller(aliceUntil(END + 1_000));
        connection.offer(bytes("later"), END + 1, Outbox.NEVER);
        await().until(peer::isEnded);
        assertThat(peer.read()).isEqualTo(Framing.close(4001, "the token expired"));
    }

    @Test
    void endsIfAWriteThrowsAndTheFlusherGoesOn() {
        Peer broken = new Peer() {
            @Override
            public synchronized Taken send(byte[] frames, int count) {
                throw new StackOverflowError("planted");
            }
        };
        Connection other = new Connection("t", aliceUntil(END), "127.0.0.1", broken, flusher, 1_000,
                Heartbeat.begin(Duration.ofMinutes(1)), behind -> { }, null);
        other.begin();
        other.pong(bytes("x"));
        await().until(broken::isEnded);
        connection.close(1000, "");
        await().until(peer::isEnded);
    }

    @Test
    void failsTheFutureOfATaskThatThrows() {
        CompletableFuture<String> failed = connection.inTurn(() -> {
            throw new IllegalStateException("planted");
        });
        assertThat(failed).isCompletedExceptionally();
        assertThat(connection.inTurn(() -> CompletableFuture.completedFuture("next"))).isCompletedWithValue("next");
    }

    private static Caller aliceUntil(long end) {
        return new Caller(new User("alice", "Alice"), Set.of(), Instant.EPOCH, Instant.ofEpochMilli(end), "", "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static class Peer implements Wire {
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private boolean ended;

        @Override
        public void begin(Runnable ready) {
            ready.run();
        }

        @Override
        public synchronized Taken send(byte[] frames, int count) {
            read.write(frames, 0, count);
            return Taken.READY;
        }

        @Override
        public synchronized void end() {
            ended = true;
        }

        @Override
        public void abort() {
            end();
        }

        synchronized boolean isEnded() {
            return ended;
        }

        synchronized byte[] read() {
            return read.toByteArray();
        }
    }
}
