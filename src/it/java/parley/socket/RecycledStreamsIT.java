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
import parley.kit.ChatClient;
import parley.kit.Chatter;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.RawFrame;
import parley.kit.RawSocket;
import parley.kit.Server;

/**
 * The container gives the streams of a connection that ended to the next client. Whoever comes while connections end that are
 * written to without pause gets what is theirs, and no byte that was another's. Of those who left nothing is kept.
 */
class RecycledStreamsIT {

    private static final int LEAVERS = 4;
    private static final int COMERS = 4;
    private static final int COMINGS = 100;

    private final String room = Http.of("alice").makesRoom();
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private Chatter chatter;

    @BeforeEach
    void aliceChatsWithoutPause() {
        chatter = new Chatter(alice, room);
    }

    @AfterEach
    void everyoneLeaves() {
        over.set(true);
        people.close();
        chatter.close();
        alice.close();
    }

    @Test
    void whoeverComesGetsNothingOfThoseWhoLeft() throws Exception {
        List<Future<Integer>> leavers = IntStream.range(0, LEAVERS).mapToObj(n -> people.submit(leaving(n))).toList();
        List<Future<Integer>> comers = IntStream.range(0, COMERS).mapToObj(n -> people.submit(this::come)).toList();

        for (Future<Integer> comer : comers) {
            assertThat(comer.get()).isEqualTo(COMINGS);
        }
        over.set(true);
        for (Future<Integer> leaver : leavers) {
            assertThat(leaver.get()).isPositive();
        }
        // Each of the four hundred and more was one of these.
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(Server.instancesOf("parley.socket.UpgradedSocket")).isLessThan(COMERS * COMINGS / 4));
    }

    /** Listens where it is loud, and breaks off: each in a way of its own. */
    private Callable<Integer> leaving(int way) {
        return () -> {
            int left = 0;
            for (; !over.get(); left++) {
                RawSocket bob = Handshake.of("bob").opens();
                bob.listensTo(room);
                bob.reads();
                switch (way % 3) {
                    case 0 -> bob.resets();
                    case 1 -> bob.close();
                    default -> {
                        bob.sends(RawFrame.of(FIN | RawFrame.CLOSE, new byte[] {3, (byte) 0xe8}));
                        assertThat(bob.isClosed()).isEqualTo(1000);
                        bob.close();
                    }
                }
            }
            return left;
        };
    }

    /** Says little, and reads every byte that comes. */
    private int come() {
        int came = 0;
        for (; came < COMINGS; came++) {
            byte[] mine = {(byte) came, 1, 2, 3};
            try (RawSocket carol = Handshake.of("carol").opens()) {
                for (int i = 0; i < 5; i++) {
                    carol.sends(RawFrame.of(FIN | PING, mine));
                    RawFrame answer = readsBesideHeartbeat(carol);
                    assertThat(answer.opcode()).as("what carol got: " + answer.text()).isEqualTo(PONG);
                    assertThat(answer.payload()).isEqualTo(mine);
                }
                carol.sends(RawFrame.of(FIN | RawFrame.CLOSE, new byte[] {3, (byte) 0xe8}));
                assertThat(readsBesideHeartbeat(carol).closeCode()).isEqualTo(1000);
            }
        }
        return came;
    }

    private static RawFrame readsBesideHeartbeat(RawSocket socket) {
        RawFrame frame = socket.reads();
        return frame.opcode() == PING && frame.payload().length == 0 ? socket.reads() : frame;
    }
}
