package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.journal.LoggedFrame;
import parley.protocol.Encoding;
import parley.protocol.Frame;
import parley.protocol.Framing;

class OutboxTest {

    private static final int BOUND = 1_000;
    private static final long WAIT = TimeUnit.SECONDS.toNanos(30);
    private static final long LATER = TimeUnit.SECONDS.toNanos(31);
    private static final long NOW = 1;

    private final Peer peer = new Peer();
    private final WriteBatch drain = new WriteBatch();
    private final List<String> slow = new ArrayList<>();
    private final List<String> reads = new ArrayList<>();
    private final Outbox outbox = new Outbox(peer, new Flusher(delay -> { }), BOUND, () -> slow.add("slow"), () -> reads.add("read"));

    @BeforeEach
    void aConnectionBegins() {
        outbox.begin();
        peer.becomesReady();
    }

    @Test
    void nothingIsWrittenBeforeTheWireIsReady() {
        Peer other = new Peer();
        Outbox early = new Outbox(other, new Flusher(delay -> { }), BOUND, () -> { }, () -> { });
        early.begin();
        early.offer(frame("1"));
        early.flush(drain);
        assertThat(other.writes).isEmpty();
        other.becomesReady();
        early.flush(drain);
        assertThat(other.writes).containsExactly(together("1"));
    }

    @Test
    void endsWhenTheClientHasLeft() {
        assertThat(outbox.sweep(NOW, WAIT)).isFalse();
        flush();
        assertThat(peer.aborted).isFalse();
        peer.left = true;
        outbox.sweep(NOW, WAIT);
        flush();
        assertThat(peer.aborted).isTrue();
        assertThat(slow).isEmpty();
    }

    @Test
    void whatComesDuringAWriteLeavesTogetherInTheNext() {
        peer.isSlow();
        outbox.offer(frame("1"));
        flush();
        outbox.offer(frame("2"));
        flush();
        outbox.offer(frame("3"));
        outbox.offer(frame("4"));
        assertThat(peer.writes).containsExactly(together("1"));
        peer.becomesReady();
        flush();
        assertThat(peer.writes).containsExactly(together("1"), together("2", "3", "4"));
    }

    @Test
    void longRunsLeaveInSeveralWrites() {
        String long1 = "a".repeat(40_000);
        String long2 = "b".repeat(40_000);
        String huge = "c".repeat(200_000);
        Outbox large = new Outbox(peer, new Flusher(delay -> { }), 1 << 20, () -> { }, () -> { });
        large.begin();
        peer.becomesReady();
        for (String text : List.of(long1, long2, huge, "d")) {
            large.offer(frame(text));
        }
        while (large.flush(drain)) {
            // It has more.
        }
        assertThat(peer.writes).containsExactly(together(long1), together(long2), together(huge), together("d"));
    }

    @Test
    void refusesEventsBeyondTheBoundAndKeepsTheConnection() {
        peer.isSlow();
        outbox.offer(frame("being written"));
        flush();
        assertThat(outbox.offer(frame("x".repeat(BOUND - 10)), Outbox.NEVER)).isTrue();
        assertThat(outbox.offer(frame("one more"), Outbox.NEVER)).isFalse();
        outbox.offer(frame("a reply"));
        peer.becomesReady();
        flush();
        assertThat(outbox.isClosing()).isFalse();
        assertThat(peer.writes).containsExactly(together("being written"), together("x".repeat(BOUND - 10), "a reply"));
        assertThat(slow).isEmpty();
    }

    @Test
    void closesTheConnectionIfRepliesWaitBeyondTwiceTheBound() {
        peer.isSlow();
        outbox.offer(frame("being written"));
        flush();
        outbox.offer(frame("x".repeat(2 * BOUND)));
        assertThat(outbox.isClosing()).isFalse();
        outbox.offer(frame("one more"));
        outbox.offer(frame("and one more"));
        peer.becomesReady();
        flush();
        assertThat(peer.writes).containsExactly(together("being written"), close(4101, "does not read the replies"));
        assertThat(peer.ended).isTrue();
        assertThat(slow).hasSize(1);
    }

    @Test
    void takesEventsFromTheLogUntilTheBoundAndAsksForMoreWhenTheClientHasRead() {
        List<LoggedFrame> events = LongStream.rangeClosed(1, 10)
                .mapToObj(offset -> new LoggedFrame(offset, new Frame("x".repeat(300)))).toList();
        peer.isSlow();
        assertThat(outbox.hasRoomForReplay()).isTrue();
        assertThat(outbox.replay(events, Encoding.JSON)).isEqualTo(4);
        assertThat(outbox.hasRoomForReplay()).isFalse();
        assertThat(reads).isEmpty();
        flush();
        assertThat(reads).hasSize(1);
        assertThat(outbox.replay(events.subList(4, 10), Encoding.JSON)).isEqualTo(4);
        flush();
        assertThat(reads).as("it was not asked for again").hasSize(1);
    }

    @Test
    void aPeerThatNeverCatchesUpEndsTheConnection() {
        peer.isSlow();
        outbox.offer(frame("stuck"));
        flush();
        outbox.sweep(NOW, WAIT);
        outbox.sweep(NOW + WAIT, WAIT);
        assertThat(outbox.isClosing()).isFalse();
        outbox.sweep(NOW + LATER, WAIT);
        peer.becomesReady();
        flush();
        assertThat(peer.writes).containsExactly(together("stuck"), close(4101, "did not read in time"));
        assertThat(slow).hasSize(1);
    }

    @Test
    void aPeerThatReadsALittleMayGoOnThoughItNeverCatchesUp() {
        peer.isSlow();
        for (int i = 0; i < 10; i++) {
            outbox.offer(frame("a"));
            outbox.offer(frame("b"));
            flush();
            assertThat(outbox.sweep(NOW + i * WAIT, WAIT)).as("it has read before the sweep").isEqualTo(i > 0);
            peer.takesMore();
        }
        assertThat(outbox.isClosing()).isFalse();
    }

    @Test
    void aWireThatWasNeverFullProvesNoReading() {
        outbox.offer(frame("a"));
        flush();
        peer.takesMore();
        assertThat(outbox.sweep(NOW, WAIT)).isFalse();
    }

    @Test
    void aPeerThatCatchesUpInBetweenMayGoOn() {
        peer.isSlow();
        outbox.offer(frame("1"));
        flush();
        outbox.sweep(NOW, WAIT);
        peer.becomesReady();
        flush();
        outbox.offer(frame("2"));
        flush();
        outbox.sweep(NOW + LATER, WAIT);
        assertThat(outbox.isClosing()).isFalse();
    }

    @Test
    void aPeerThatDoesNotEvenTakeTheCloseIsCutOff() {
        peer.isSlow();
        outbox.offer(frame("stuck"));
        flush();
        outbox.close(4101, "slow");
        outbox.sweep(NOW, WAIT);
        flush();
        assertThat(peer.aborted).isFalse();
        outbox.sweep(NOW + TimeUnit.SECONDS.toNanos(4), WAIT);
        flush();
        assertThat(peer.aborted).isTrue();
        assertThat(peer.writes).containsExactly(together("stuck"));
    }

    @Test
    void aPeerThatDoesNotAnswerTheCloseIsCutOff() {
        outbox.close(1000, "");
        flush();
        assertThat(peer.ended).isTrue();
        outbox.sweep(NOW, WAIT);
        outbox.sweep(NOW + TimeUnit.SECONDS.toNanos(4), WAIT);
        flush();
        assertThat(peer.aborted).isTrue();
    }

    @Test
    void nothingIsWrittenAfterAClose() {
        outbox.offer(frame("last words"));
        outbox.close(4002, "enough");
        outbox.offer(frame("too late"));
        outbox.close(1000, "");
        flush();
        outbox.offer(frame("far too late"));
        flush();
        assertThat(peer.writes).containsExactly(bytes(frame("last words"), Framing.close(4002, "enough")));
    }

    @Test
    void aWireThatIsGoneIsLeftAlone() {
        peer.isGone();
        outbox.offer(frame("1"));
        flush();
        outbox.offer(frame("2"));
        flush();
        assertThat(peer.writes).hasSize(1);
        assertThat(peer.aborted).isTrue();
    }

    @Test
    void aConnectionThatIsNoMoreTouchesNothing() {
        outbox.offer(frame("1"));
        outbox.gone();
        outbox.offer(frame("2"));
        flush();
        outbox.sweep(NOW, WAIT);
        outbox.sweep(NOW + LATER, WAIT);
        flush();
        assertThat(peer.writes).isEmpty();
        assertThat(peer.aborted).isFalse();
    }

    private void flush() {
        while (outbox.flush(drain)) {
            // It has more.
        }
    }

    private static byte[] frame(String text) {
        return Framing.text(text);
    }

    private static String together(String... texts) {
        return bytes(Arrays.stream(texts).map(Framing::text).toArray(byte[][]::new));
    }

    private static String close(int code, String reason) {
        return bytes(Framing.close(code, reason));
    }

    private static String bytes(byte[]... frames) {
        StringBuilder all = new StringBuilder();
        for (byte[] frame : frames) {
            all.append(Arrays.toString(frame));
        }
        return all.toString().replace("][", ", ");
    }

    /** Takes what is written, and more only when told. */
    private static final class Peer implements Wire {
        private final List<String> writes = new ArrayList<>();
        private Taken answer = Taken.READY;
        private Runnable ready;
        private boolean ended;
        private boolean aborted;
        private boolean left;

        @Override
        public boolean hasLeft() {
            return left;
        }

        @Override
        public void begin(Runnable whenReady) {
            ready = whenReady;
        }

        @Override
        public Taken send(byte[] frames, int count) {
            writes.add(bytes(Arrays.copyOf(frames, count)));
            return answer;
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void abort() {
            aborted = true;
        }

        void isSlow() {
            answer = Taken.BUSY;
        }

        void takesMore() {
            ready.run();
        }

        void becomesReady() {
            answer = Taken.READY;
            ready.run();
        }

        void isGone() {
            answer = Taken.GONE;
        }
    }
}
