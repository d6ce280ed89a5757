package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.RawFrame.FIN;
import static parley.kit.RawFrame.PING;
import static parley.kit.RawFrame.PONG;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.kit.BackgroundPoster;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.RawFrame;
import parley.kit.RawSocket;
import parley.kit.Server;

/**
 * The container reuses the stream objects of a closed connection for the next client. Clients that connect while busy connections close
 * receive only their own bytes. Closed connections are released.
 */
class RecycledStreamsIT {

    private static final int LEAVERS = 4;
    private static final int JOINERS = 4;
    private static final int CONNECTS_EACH = 100;

    private final String room = Http.of("alice").createsRoom();
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private BackgroundPoster chatter;

    @BeforeEach
    void startChatting() {
        chatter = new BackgroundPoster(alice, room);
    }

    @AfterEach
    void stop() {
        stopped.set(true);
        clients.close();
        chatter.close();
        alice.close();
    }

    @Test
    void newConnectionsReceiveNoBytesOfClosedOnes() throws Exception {
        List<Future<Integer>> leavers = IntStream.range(0, LEAVERS).mapToObj(n -> clients.submit(leaving(n))).toList();
        List<Future<Integer>> joiners = IntStream.range(0, JOINERS).mapToObj(n -> clients.submit(this::connectRepeatedly)).toList();

        for (Future<Integer> joiner : joiners) {
            assertThat(joiner.get()).isEqualTo(CONNECTS_EACH);
        }
        stopped.set(true);
        for (Future<Integer> leaver : leavers) {
            assertThat(leaver.get()).isPositive();
        }
        // More than 400 were created.
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(Server.instancesOf("parley.socket.UpgradedSocket"))
                        .isLessThan(JOINERS * CONNECTS_EACH / 4));
    }

    /** Keeps subscribing to the busy room and disconnecting, each leaver in its own way. */
    private Callable<Integer> leaving(int way) {
        return () -> {
            int left = 0;
            for (; !stopped.get(); left++) {
                RawSocket bob = Handshake.of("bob").opens();
                bob.subscribes(room);
                bob.reads();
                switch (way % 3) {
                    case 0 -> bob.resets();
                    case 1 -> bob.close();
                    default -> {
                        bob.sends(RawFrame.of(FIN | RawFrame.CLOSE, new byte[] {3, (byte) 0xe8}));
                        assertThat(bob.closeCode()).isEqualTo(1000);
                        bob.close();
                    }
                }
            }
            return left;
        };
    }

    /** Keeps connecting, and checks every byte that it receives. */
    private int connectRepeatedly() {
        int connects = 0;
        for (; connects < CONNECTS_EACH; connects++) {
            byte[] mine = {(byte) connects, 1, 2, 3};
            try (RawSocket carol = Handshake.of("carol").opens()) {
                for (int i = 0; i < 5; i++) {
                    carol.sends(RawFrame.of(FIN | PING, mine));
                    RawFrame answer = carol.readsAfterPings();
                    assertThat(answer.opcode()).as("what carol got: " + answer.text()).isEqualTo(PONG);
                    assertThat(answer.payload()).isEqualTo(mine);
                }
                carol.sends(RawFrame.of(FIN | RawFrame.CLOSE, new byte[] {3, (byte) 0xe8}));
                assertThat(carol.readsAfterPings().closeCode()).isEqualTo(1000);
            }
        }
        return connects;
    }
}
