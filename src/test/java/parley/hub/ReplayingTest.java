package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import parley.identity.Caller;
import parley.journal.Following;
import parley.journal.LoggedFrame;
import parley.journal.RoomLog;
import parley.metrics.Metrics;
import parley.protocol.Frame;
import parley.protocol.Position;
import parley.threads.RunByHand;

/** Readers that are behind get the log as fast as they take it, and wait in little memory. */
class ReplayingTest {

    /** A little more than 16,000 bytes. */
    private static final String LONG = "€".repeat(5_340);
    private static final int MISSED = 1_000;
    private static final int WINDOW = 1 << 20;
    private static final Heartbeat.Pace PACE = new Heartbeat.Pace(seconds(25), seconds(35), seconds(27));

    private final Pages pages = new Pages();
    private final Map<String, Feed> feeds = new HashMap<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Outbox> due = new ArrayList<>();
    private final Flusher flusher = new Flusher(delay -> { }) {
        @Override
        synchronized void add(Outbox outbox) {
            due.add(outbox);
        }
    };
    private final Flushers flushers = new Flushers() {
        @Override
        void wake() {
            // These tests flush by hand.
        }
    };
    private final Log log = new Log();
    private final Replaying replaying = new Replaying(pages, log, new Following() {
        @Override
        public Map<String, Position> heads(Collection<String> ids) {
            return Map.of(ids.iterator().next(), new Position("e", MISSED));
        }
    }, new Feeds() {
        @Override
        void settle(Feed feed, Feed.Outcome outcome) {
            // No metrics here.
        }
    }, new ByHand(), new Metrics());

    @Test
    void aReaderOfOneMegabyteASecondGetsSixteenAndStays() {
        Reader reader = new Reader("room", 0);
        // Each step is an eighth of a second, in which the wire takes 128 KB.
        for (int step = 0; step < 200 && reader.position() < MISSED; step++) {
            reader.connection.sweep(seconds(1) + step * seconds(1) / 8, PACE);
            reader.reads(1 << 17);
            assertThat(reader.connection.waitingBytes()).isLessThanOrEqualTo(Outbox.MOST_REPLAYED + (1 << 16));
        }
        assertThat(reader.connection.isClosing()).isFalse();
        assertThat(reader.position()).isEqualTo(MISSED);
        assertThat(reader.written + reader.connection.waitingBytes()).isGreaterThan(16_000_000);
        assertThat(log.reads).isLessThan(MISSED / 5);
    }

    @Test
    void aReaderThatReadsNothingIsClosed() {
        Reader reader = new Reader("room", 0);
        reader.reads(0);
        long before = reader.written;
        for (int second = 1; second < 31; second++) {
            reader.connection.sweep(seconds(second), PACE);
        }
        assertThat(reader.connection.isClosing()).isTrue();
        assertThat(reader.written).isEqualTo(before);
    }

    @Test
    void fiftyResumingConnectionsWaitInLittleMemory() {
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            readers.add(new Reader("room" + i, 0));
        }
        readers.forEach(reader -> reader.reads(0));
        long waiting = readers.stream().mapToLong(reader -> reader.connection.waitingBytes()).sum();
        // A frame is held as bytes and as text, and a wire holds a copy of one write.
        long wires = 50L * 2 * WriteBatch.MOST_BYTES;
        assertThat(3 * waiting + pages.bytes() + wires).isLessThan(64 << 20);
    }

    @Test
    void allWhoReplayARoomShareItsFrames() {
        List<Reader> readers = List.of(new Reader("room", 0), new Reader("room", 3), new Reader("room", 7));
        for (int step = 0; step < 1_000; step++) {
            readers.forEach(reader -> reader.reads(1 << 17));
        }
        assertThat(readers).allSatisfy(reader -> assertThat(reader.position()).isEqualTo(MISSED));
        assertThat(log.read).as("events read from the log").isLessThan(2 * MISSED);
    }

    @Test
    void aFailedReadIsTriedAgain() {
        log.isAway = true;
        Reader reader = new Reader("room", MISSED - 3);
        reader.reads(1 << 17);
        assertThat(reader.position()).isEqualTo(MISSED - 3);
        assertThat(reader.connection.behind().size()).isEqualTo(1);
        log.isAway = false;
        assertThat(reader.connection.behind().begins()).isTrue();
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private final class Reader implements Wire {
        private final Connection connection;
        private final Feed feed;
        private final Subscription subscription;
        private Runnable ready;
        private long allowance;
        private long written;

        Reader(String room, long since) {
            Caller caller = new Caller(ARoom.ALICE, Set.of(), Instant.EPOCH, Instant.now().plusSeconds(600), "", "");
            connection = new Connection(room, caller, "127.0.0.1", this, flusher, WINDOW, new Heartbeat(0, seconds(25)),
                    replaying::start, new ConnectionMetrics(new Metrics(), List.of()));
            feed = feeds.computeIfAbsent(room, id -> new Feed(id, new Position("e", MISSED), new Presence(), flushers, pages));
            connection.begin();
            subscription = new Subscription(connection, MISSED);
            feed.attach(subscription);
            feed.answer(subscription, online -> new Frame("reply"), since);
            work();
        }

        long position() {
            return feed.isBehind(subscription) ? subscription.position() : MISSED;
        }

        /** The client reads this many bytes. */
        void reads(int bytes) {
            allowance = bytes;
            if (bytes > 0) {
                ready.run();
            }
            work();
        }

        @Override
        public void begin(Runnable whenReady) {
            ready = whenReady;
            ready.run();
        }

        @Override
        public Taken send(byte[] frames, int count) {
            allowance -= count;
            written += count;
            return allowance > 0 ? Taken.READY : Taken.BUSY;
        }

        @Override
        public void end() {
            allowance = 0;
        }

        @Override
        public void abort() {
            end();
        }
    }

    private void work() {
        WriteBatch batch = new WriteBatch();
        while (!due.isEmpty() || !tasks.isEmpty()) {
            List<Outbox> round = List.copyOf(due);
            due.clear();
            round.stream().filter(outbox -> outbox.flush(batch)).forEach(due::add);
            if (!tasks.isEmpty()) {
                tasks.poll().run();
            }
        }
    }

    private static final class Log extends RoomLog {
        private final Map<String, List<LoggedFrame>> rooms = new HashMap<>();
        private int reads;
        private int read;
        private boolean isAway;

        @Override
        public List<LoggedFrame> after(String room, long offset, int most) {
            if (isAway) {
                throw new IllegalStateException("planted");
            }
            List<LoggedFrame> events = LongStream.rangeClosed(offset + 1, Math.min(MISSED, offset + most))
                    .mapToObj(next -> new LoggedFrame(next, new Frame(LONG))).toList();
            reads++;
            read += events.size();
            return events;
        }
    }

    /** Runs its tasks when the test says so. */
    private final class ByHand extends RunByHand {

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void shutdown() {
            tasks.clear();
        }
    }
}
