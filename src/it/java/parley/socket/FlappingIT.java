package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.RawSocket;
import tools.jackson.databind.JsonNode;

/** Five hundred in a room, fifty of whom come and go all the time: the others hear of it, and mostly of what is said. */
@EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "it takes half a minute")
class FlappingIT {

    private static final int QUIET = 450;
    private static final int FLAPPING = 50;
    private static final int POSTS = 100;
    private static final long POST_EVERY_MILLIS = 200;
    /** Longer than anybody is taken for present who went. */
    private static final long AWAY_MILLIS = 3_500;

    private final String room = Http.of("alice").makesRoom();

    @Test
    void isAFifthOfTheTrafficAtMost() throws Exception {
        List<RawSocket> quiet = new ArrayList<>();
        try (ChatClient alice = ChatClient.of("alice").joins(room); var threads = Executors.newVirtualThreadPerTaskExecutor();
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            IntStream.range(0, QUIET).forEach(n -> quiet.add(listening("quiet" + n)));
            List<Future<?>> flapping = new ArrayList<>();
            IntStream.range(0, FLAPPING).forEach(n -> flapping.add(threads.submit(() -> flaps("flapping" + n))));
            alice.receivedSoFar();

            var posting = clock.scheduleAtFixedRate(() -> alice.posts("said"), 0, POST_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            List<JsonNode> heard = alice.receivesLogged(POSTS);
            posting.cancel(false);
            long presence = alice.receivedSoFar().stream().filter(event -> event.path("type").asString("").equals("presence")).count();
            flapping.forEach(one -> one.cancel(true));

            System.out.printf("%d messages, %d events of presence%n", heard.size(), presence);
            assertThat(presence).isBetween(2L, POSTS / 5L);
        } finally {
            quiet.forEach(RawSocket::close);
        }
    }

    private Void flaps(String user) throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            listening(user).close();
            Thread.sleep(AWAY_MILLIS);
        }
        return null;
    }

    private RawSocket listening(String user) {
        return Handshake.of(user).opens().listensTo(room);
    }
}
