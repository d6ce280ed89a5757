package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import parley.protocol.CloseCode;
import parley.protocol.Frame;

class OutboxTest {

    private static final int BOUND = 1_000;

    private final PeerInSlowMotion peer = new PeerInSlowMotion();
    private final Outbox outbox = new Outbox(peer, new Flusher(), BOUND);

    @Test
    void whatWaitsPastTheBoundEndsTheConnectionAndIsDropped() {
        outbox.offer(frame("being written"));
        outbox.flush();
        outbox.offer(frame("x".repeat(BOUND)));
        outbox.offer(frame("one more"));
        peer.takes();
        outbox.flush();
        assertThat(peer.closedWith).isEqualTo(CloseCode.SLOW);
        assertThat(peer.writes).containsExactly(List.of("being written"));
    }

    @Test
    void aWriteThatNeverEndsEndsTheConnection() {
        outbox.offer(frame("stuck"));
        outbox.flush();
        outbox.closeIfStuck(System.nanoTime() - 1_000_000_000L);
        outbox.flush();
        assertThat(peer.closedWith).isNull();
        outbox.closeIfStuck(System.nanoTime());
        outbox.flush();
        assertThat(peer.closedWith).isEqualTo(CloseCode.SLOW);
    }

    @Test
    void nothingIsWrittenAfterAClose() {
        outbox.offer(frame("last words"));
        outbox.close(CloseCode.BROKEN, "enough");
        outbox.offer(frame("too late"));
        outbox.flush();
        peer.takes();
        outbox.flush();
        assertThat(peer.writes).containsExactly(List.of("last words"));
        assertThat(peer.closedWith).isEqualTo(CloseCode.BROKEN);
        outbox.offer(frame("far too late"));
        outbox.flush();
        assertThat(peer.writes).hasSize(1);
    }

    @Test
    void whatComesDuringAWriteLeavesTogetherInTheNext() {
        outbox.offer(frame("1"));
        outbox.flush();
        outbox.offer(frame("2"));
        outbox.flush();
        outbox.offer(frame("3"));
        assertThat(peer.writes).containsExactly(List.of("1"));
        peer.takes();
        outbox.flush();
        assertThat(peer.writes).containsExactly(List.of("1"), List.of("2", "3"));
    }

    @Test
    void aPeerThatIsGoneGetsNothingMore() {
        outbox.offer(frame("1"));
        outbox.flush();
        outbox.offer(frame("2"));
        peer.isGone();
        outbox.flush();
        assertThat(peer.writes).hasSize(1);
    }

    private static Frame frame(String text) {
        return new Frame(text);
    }

    /** Takes what is written only when told. */
    private static final class PeerInSlowMotion implements Wire {
        private final List<List<String>> writes = new ArrayList<>();
        private CloseCode closedWith;
        private Consumer<Boolean> pending;

        @Override
        public void send(List<Frame> frames, Consumer<Boolean> done) {
            writes.add(frames.stream().map(Frame::text).toList());
            pending = done;
        }

        @Override
        public void ping() {
        }

        @Override
        public void close(CloseCode code, String reason) {
            closedWith = code;
        }

        void takes() {
            pending.accept(true);
        }

        void isGone() {
            pending.accept(false);
        }
    }
}
