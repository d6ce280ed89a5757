package parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.client.SimulatedServer.Peer;
import parley.kit.RawFrame;

/** Ten million events, as fast as the client takes them. Its heap does not grow, because each of its queues has a bound. */
@EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "takes minutes")
class ManyEventsTest {

    private static final long EVENTS = Long.getLong("parley.client.events", 10_000_000);
    private static final int AT_ONCE = 100;

    @AutoClose
    private final SimulatedServer server = new SimulatedServer();
    private final CountDownLatch received = new CountDownLatch(1);
    private long expected = 1;
    private long inSecondTenth;
    private long inLastTenth;

    @Test
    void leaveNothingOnTheHeap() throws Exception {
        long begun = System.nanoTime();
        try (Parley client = Parley.connect(server.address(), () -> "token")) {
            client.room("general").listen(this::received);
            Peer peer = server.next().hello(25_000, Duration.ofHours(9)).subscribes("general", 0);
            for (long offset = 1; offset <= EVENTS; offset += AT_ONCE) {
                ByteArrayOutputStream frames = new ByteArrayOutputStream();
                for (int i = 0; i < AT_ONCE; i++) {
                    frames.writeBytes(RawFrame.text("{\"type\":\"message.posted\",\"room\":\"general\",\"offset\":" + (offset + i)
                            + ",\"at\":\"2026-01-01T11:00:00.000Z\",\"by\":{\"id\":\"alice\",\"name\":\"Alice\"},\"text\":\"text "
                            + (offset + i) + "\",\"key\":\"k\"}").unmasked().encoded());
                }
                peer.sends(frames.toByteArray());
            }
            assertThat(received.await(10, TimeUnit.MINUTES)).isTrue();
            Stats stats = client.stats();
            System.out.printf("%,d events within %d s; heap after a full collection: %,d bytes in the second tenth, %,d in the last%n",
                    EVENTS, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun), inSecondTenth, inLastTenth);
            assertThat(stats.reconnections() + stats.gaps() + stats.duplicates()).isZero();
            assertThat(inLastTenth).isLessThan(inSecondTenth + inSecondTenth / 20);
        }
    }

    private void received(RoomEvent event) {
        if (event instanceof RoomEvent.Posted posted) {
            assertThat(posted.offset()).isEqualTo(expected);
            if (expected == EVENTS * 3 / 20) {
                inSecondTenth = heap();
            } else if (expected == EVENTS * 19 / 20) {
                inLastTenth = heap();
            } else if (expected == EVENTS) {
                received.countDown();
            }
            expected++;
        }
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
