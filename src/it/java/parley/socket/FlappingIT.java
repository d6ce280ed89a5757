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

/** 500 users in a room, of whom 50 keep reconnecting: presence events stay a small part of the traffic. */
@EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "takes half a minute")
class FlappingIT {

    private static final int STEADY = 450;
    private static final int FLAPPING = 50;
    private static final int POSTS = 100;
    private static final long POST_EVERY_MILLIS = 200;
    /** Longer than a user lingers as online after the last connection closed. */
    private static final long AWAY_MILLIS = 3_500;

    private final String room = Http.of("alice").createsRoom();

    @Test
    void presenceIsAtMostAFifthOfTheTraffic() throws Exception {
        List<RawSocket> steady = new ArrayList<>();
        try (ChatClient alice = ChatClient.of("alice").joins(room); var threads = Executors.newVirtualThreadPerTaskExecutor();
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            IntStream.range(0, STEADY).forEach(n -> steady.add(listening("steady" + n)));
            List<Future<?>> flapping = new ArrayList<>();
            IntStream.range(0, FLAPPING).forEach(n -> flapping.add(threads.submit(() -> flaps("flapping" + n))));
            alice.receivedSoFar();

            var posting = clock.scheduleAtFixedRate(() -> alice.posts("said"), 0, POST_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            List<JsonNode> heard = alice.receivesLogged(POSTS);
            posting.cancel(false);
            long presence = alice.receivedSoFar().stream().filter(event -> event.path("type").asString("").equals("presence")).count();
            flapping.forEach(one -> one.cancel(true));

            System.out.printf("%d messages, %d presence events%n", heard.size(), presence);
            assertThat(presence).isBetween(2L, POSTS / 5L);
        } finally {
            steady.forEach(RawSocket::close);
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
        return Handshake.of(user).opens().subscribes(room);
    }
}
