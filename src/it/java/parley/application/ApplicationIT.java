package parley.application;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.Tokens;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/** The example application posts in its own transactions, and observes messages. */
class ApplicationIT {

    private static final String ROOM = "orders";
    private static final String SERVICE = "service:example-orders";
    private static OrdersApplication application;

    private final long number = ThreadLocalRandom.current().nextLong(1L << 40);

    @BeforeAll
    static void deploy() {
        application = OrdersApplication.deployed();
        assertThat(application.opens().statusCode()).isEqualTo(204);
    }

    @AfterAll
    static void undeploy() {
        application.close();
    }

    @Test
    void postsNothingAfterARollback() {
        try (ChatClient alice = ChatClient.of("alice").joins(ROOM)) {
            assertThat(application.failsToConfirm(number).statusCode()).isEqualTo(409);
            assertThat(application.confirms(number + 1).statusCode()).isEqualTo(204);

            List<JsonNode> seen = alice.receivesUpTo(posted("Order " + (number + 1) + " is confirmed."));
            assertThat(seen).noneMatch(event -> event.path("text").asString("").contains("Order " + number + " "));
        }
    }

    @Test
    void refusesTheSecondOfTwoTransactionsWithTheSameOrder() {
        try (ChatClient alice = ChatClient.of("alice").joins(ROOM)) {
            assertThat(application.confirms(number).statusCode()).isEqualTo(204);
            assertThat(application.confirms(number).statusCode()).isEqualTo(500);
            assertThat(application.confirms(number + 1).statusCode()).isEqualTo(204);

            List<JsonNode> seen = alice.receivesUpTo(posted("Order " + (number + 1) + " is confirmed."));
            assertThat(seen).filteredOn(event -> event.path("text").asString("").contains("Order " + number + " ")).hasSize(1);
        }
    }

    @Test
    void postsAsAServiceWithTheNameOfTheApplication() {
        try (ChatClient alice = ChatClient.of("alice").joins(ROOM)) {
            application.confirms(number);

            JsonNode by = alice.receives(posted("Order " + number + " is confirmed.")).get("by");
            assertThat(by.get("id").stringValue()).isEqualTo(SERVICE);
            assertThat(by.get("name").stringValue()).isEqualTo("example-orders");
        }
    }

    @Test
    void observesMessagesAndAnswersThem() {
        try (ChatClient alice = ChatClient.of("alice").joins(ROOM)) {
            application.confirms(number);
            long question = alice.posts("order " + number + "?");

            assertThat(alice.receives(posted("It is confirmed.")).get("thread").longValue()).isEqualTo(question);
            alice.posts("order " + (number + 1) + "?");
            alice.receives(posted("There is no such order."));
        }
    }

    @Test
    void servicePostsNothingWhereItIsBanned() {
        Http owner = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));
        try (ChatClient alice = ChatClient.of("alice").joins(ROOM)) {
            assertThat(owner.put("/api/rooms/" + ROOM + "/bans", Map.of("user", SERVICE)).status()).isLessThan(300);
            try {
                assertThat(application.confirms(number).statusCode()).isEqualTo(204);
            } finally {
                owner.liftsBan(ROOM, SERVICE);
            }
            application.confirms(number + 1);

            List<JsonNode> seen = alice.receivesUpTo(posted("Order " + (number + 1) + " is confirmed."));
            assertThat(seen).noneMatch(event -> event.path("text").asString("").contains("Order " + number + " "));
        }
    }

    @Test
    void nobodySignsInAsAService() {
        Handshake.withToken(Tokens.of(SERVICE)).refused();
        assertThat(Http.of(SERVICE).get("/api/rooms").status()).isEqualTo(401);
    }

    @Test
    void getsAClearRefusalWhileParleyIsAway() {
        TestServer.administer("disable parley");
        try {
            assertThat(application.confirms(number).statusCode()).isEqualTo(503);
            assertThat(application.confirms(number).body()).contains("Parley is not deployed");
        } finally {
            TestServer.administer("enable parley");
            TestServer.awaitReady();
        }
        try (ChatClient alice = ChatClient.of("alice").joins(ROOM)) {
            assertThat(application.confirms(number).statusCode()).isEqualTo(204);
            alice.receives(posted("Order " + number + " is confirmed."));
            alice.posts("order " + number + "?");
            alice.receives(posted("It is confirmed."));
        }
    }
}
