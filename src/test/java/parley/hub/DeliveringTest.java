package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.journal.EncodedFrames;
import parley.journal.Following;
import parley.journal.LoggedFrame;
import parley.metrics.Metrics;
import parley.protocol.Position;
import parley.settings.Given;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;
import parley.threads.ReaderPool;

/** What the comparison of heads costs an instance, and what it finds. */
class DeliveringTest {

    private static final int ROOMS = 9_000;
    private static final Position START = new Position("e", 4);

    private final List<String> heard = new ArrayList<>();
    private final List<HeadsCompared> looks = new ArrayList<>();
    private final Map<String, Feed> open = new HashMap<>();
    private final Heads heads = new Heads();
    private final Readers readers = new Readers();
    private long now = 1;
    private boolean reliable = true;
    private Runnable compare;
    private final Doubts doubts = new Doubts(() -> now);
    private final Delivering delivering = new Delivering(Settings.of(new Given(Map.of())), new Open(), null, null, heads, readers, doubts,
            new Threads(), new Metrics(), overheard(), compared());

    /** The heads of logs, and how often they were read. */
    private static final class Heads extends Following {
        private final Map<String, Position> moved = new HashMap<>();
        private int statements;
        private int rooms;
        private boolean isAway;

        @Override
        public Map<String, Position> heads(Collection<String> ids) {
            if (isAway) {
                throw new IllegalStateException("away");
            }
            statements++;
            rooms += ids.size();
            Map<String, Position> found = new HashMap<>();
            ids.forEach(id -> found.put(id, moved.getOrDefault(id, START)));
            return found;
        }

        @Override
        public boolean follow(String room, String epoch, List<LoggedFrame> frames) {
            // No room here has a view.
            return false;
        }

        @Override
        public void renewIfBehind(String room, Position known, Position head) {
            // No log here is set back.
        }
    }

    private final class Open extends Feeds {

        @Override
        List<String> rooms() {
            return List.copyOf(open.keySet());
        }

        @Override
        Feed of(String room) {
            return open.get(room);
        }

        @Override
        void settle(Feed feed, Feed.Outcome outcome) {
            // No metrics here.
        }
    }

    /** Reads of logs, which nobody answers. */
    private static final class Readers extends ReaderPool {
        private int reads;

        @Override
        public <T> CompletableFuture<T> read(Supplier<T> read) {
            reads++;
            return new CompletableFuture<>();
        }
    }

    private final class Threads extends ManagedThreads {

        @Override
        public Loop repeat(String what, Duration pause, Runnable task) {
            assertThat(pause).isEqualTo(Duration.ofMillis(500));
            compare = task;
            return null;
        }
    }

    private void listen(int rooms) {
        doubts.askWhetherTheBusIsReliable(() -> reliable);
        Flushers nobody = new Flushers() {
            @Override
            void wake() {
                // There is no connection to write to.
            }
        };
        IntStream.range(0, rooms).mapToObj(i -> "room-" + i)
                .forEach(room -> open.put(room, new Feed(room, START, new Presence(), nobody, new Pages())));
    }

    private void tick() {
        now += TimeUnit.MILLISECONDS.toNanos(500);
        compare.run();
    }

    @Test
    void anIdleInstanceReadsAllHeadsWithOneStatementEveryFifteenSeconds() {
        listen(ROOMS);
        IntStream.range(0, 120).forEach(tick -> tick());
        System.out.println("Comparison of heads, " + ROOMS + " rooms, an idle minute: " + heads.statements + " statements for "
                + heads.rooms + " rooms; every half second they would be " + 120 * ROOMS + " rooms");
        assertThat(heads.statements).isEqualTo(4);
        assertThat(heads.rooms).isEqualTo(4 * ROOMS);
    }

    @Test
    void anInstanceThatMayMissEventsReadsAllHeadsAtEveryTick() {
        listen(3);
        reliable = false;
        IntStream.range(0, 4).forEach(tick -> tick());
        assertThat(heads.statements).isEqualTo(4);
    }

    @Test
    void aRoomInDoubtIsReadAlone() {
        listen(ROOMS);
        doubts.doubt("room-7");
        tick();
        tick();
        tick();
        assertThat(heads.statements).isEqualTo(2);
        assertThat(heads.rooms).isEqualTo(2);
    }

    @Test
    void anEventThatTheBusLostIsReadAtTheNextTick() {
        listen(3);
        tick();
        heads.moved.put("room-1", new Position("e", 5));
        tick();
        assertThat(readers.reads).as("nobody knows").isZero();
        doubts.doubtAll();
        tick();
        assertThat(readers.reads).isOne();
    }

    @Test
    void aRoomThatStaysBehindItsHeadStaysInDoubt() {
        listen(3);
        heads.moved.put("room-1", new Position("e", 5));
        doubts.doubt("room-1");
        IntStream.range(0, 6).forEach(tick -> tick());
        assertThat(heads.rooms).isEqualTo(6);
    }

    @Test
    void aFailedComparisonIsRepeated() {
        listen(3);
        doubts.doubt("room-1");
        heads.isAway = true;
        assertThatThrownBy(this::tick).isInstanceOf(IllegalStateException.class);
        heads.isAway = false;
        tick();
        tick();
        tick();
        assertThat(heads.rooms).isEqualTo(2);
    }

    @Test
    void noFrameIsDecodedForARoomThatNobodyListensTo() {
        listen(1);
        EncodedFrames elsewhere = frames();
        delivering.arrived("another room", "e", elsewhere);
        assertThat(heard).containsExactly("another room");
        assertThat(elsewhere.decoded()).isZero();
    }

    private static EncodedFrames frames() {
        byte[] content = "{\"type\":\"message\"}".getBytes(StandardCharsets.UTF_8);
        return new EncodedFrames(5, content, new int[] {0}, new int[] {content.length});
    }

    @SuppressWarnings("unchecked")
    private Event<Overheard> overheard() {
        return (Event<Overheard>) Proxy.newProxyInstance(DeliveringTest.class.getClassLoader(), new Class<?>[] {Event.class},
                (self, method, arguments) -> heard.add(((Overheard) arguments[0]).room()));
    }

    @SuppressWarnings("unchecked")
    private Event<HeadsCompared> compared() {
        return (Event<HeadsCompared>) Proxy.newProxyInstance(DeliveringTest.class.getClassLoader(), new Class<?>[] {Event.class},
                (self, method, arguments) -> looks.add((HeadsCompared) arguments[0]));
    }

    @Test
    void nothingIsReadForARoomThatNobodyListensTo() {
        listen(0);
        doubts.doubt("room-1");
        tick();
        assertThat(heads.statements).isZero();
    }
}
