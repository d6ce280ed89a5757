package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.Bystander;
import parley.kit.ChatClient;
import parley.kit.ForgedToken;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.RawFrame;
import parley.kit.RawSocket;
import parley.kit.Server;
import parley.kit.Tokens;

/** Which upgrade requests are accepted, and how the others are refused. */
@ExtendWith(Bystander.class)
class HandshakeIT {

    @Test
    void refusesARequestWithoutAToken() {
        assertUnauthorized(Handshake.anonymous().refused());
    }

    @ParameterizedTest
    @EnumSource
    void refusesAForgedTokenInTheHeader(ForgedToken forgery) {
        assertUnauthorized(Handshake.withToken(forgery.token()).refused());
    }

    @ParameterizedTest
    @EnumSource
    void refusesAForgedTokenInTheSubprotocols(ForgedToken forgery) {
        assertUnauthorized(Handshake.anonymous().with("Sec-WebSocket-Protocol", "parley.v1, bearer." + forgery.token()).refused());
    }

    @Test
    void refusesATokenOf100Kilobytes() {
        assertThat(Handshake.withToken("a".repeat(100_000)).refused().status()).isBetween(400, 499);
    }

    @Test
    void refusesATokenInTheUrl() {
        assertUnauthorized(Handshake.anonymous().withQuery("token=" + Tokens.of("bob")).refused());
        assertUnauthorized(Handshake.anonymous().withQuery("access_token=" + Tokens.of("bob")).refused());
        assertUnauthorized(Handshake.anonymous().withQuery("ticket=" + Tokens.of("bob")).refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "https://evil.example", "http://localhost.evil.example:%d", "http://evil-localhost:%d",
            "http://localhost", "http://localhost:1", "http://localhost:%d0", "https://localhost:%d", "ws://localhost:%d",
            "http://localhost:%d/", "http://localhost:%d@evil.example", "http://localhost:%d, http://evil.example", "http://127.0.0.1:%d"})
    void refusesAPageFromAnotherOrigin(String origin) {
        HttpAnswer answer = Handshake.of("bob").from(origin.formatted(Server.base().getPort())).refused();

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("forbidden");
    }

    @Test
    void answersARequestWithoutAnUpgradeAtOnce() {
        long start = System.nanoTime();
        assertThat(Http.anonymous().get("/ws").status()).isEqualTo(426);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void refusesARequestThatIsNoUpgrade() {
        HttpAnswer answer = Handshake.of("bob").without("Upgrade").without("Connection").with("Connection", "close").refused();

        assertThat(answer.status()).isIn(400, 426);
        assertThat(answer.problem()).isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "keep-alive", "upgraded"})
    void saysThatAProxyDroppedTheConnectionHeader(String connection) {
        HttpAnswer answer = Handshake.of("bob").without("Connection").with("Connection", connection).refused();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Connection header", "proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "", "AAAAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAA", "not base64 at all!!!!!!=="})
    void refusesAKeyThatIsNot16Bytes(String key) {
        HttpAnswer answer = Handshake.of("bob").without("Sec-WebSocket-Key").with("Sec-WebSocket-Key", key).refused();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Sec-WebSocket-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "8", "12", "14", "0", "-1", "thirteen"})
    void refusesAnotherVersionAndNamesItsOwn(String version) {
        HttpAnswer answer = Handshake.of("bob").with("Sec-WebSocket-Version", version).refused();

        assertThat(answer.status()).isIn(400, 426);
        assertThat(answer.header("Sec-WebSocket-Version")).contains("13");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "parley.v2", "parley.v1x", "PARLEY.V1"})
    void refusesUnknownSubprotocols(String subprotocol) {
        HttpAnswer answer = Handshake.of("bob").with("Sec-WebSocket-Protocol", subprotocol).refused();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("bad_request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Sec-WebSocket-Protocol | ,,,,,,,,,,;;;===\"\"\"",
        "Sec-WebSocket-Extensions | permessage-deflate; server_max_window_bits=99999999999999999999; a=\"\\\\\\\\",
    })
    void survivesAHostileHeader(String name, String value) {
        try (RawSocket socket = RawSocket.requesting(Handshake.of("bob").with(name, value))) {
            assertThat(socket.answered().status()).isIn(101, 400);
        }
        try (ChatClient bob = ChatClient.of("bob")) {
            assertThat(bob.asks("ping", Map.of()).ok()).isEmpty();
        }
    }

    @Test
    void refusesThousandsOfHeaders() {
        Handshake handshake = Handshake.of("bob");
        for (int i = 0; i < 2_000; i++) {
            handshake.with("X-" + i, "x");
        }
        assertThat(handshake.refused().status()).isBetween(400, 499);
    }

    /** RFC 6455 section 4.1 requires the client to wait for the response. Frames that it sends earlier are processed anyway. */
    @Test
    void readsFramesThatArriveWithTheRequest() {
        try (RawSocket bob = Handshake.of("bob").followedBy(RawFrame.text("{\"id\":7,\"type\":\"ping\"}")).opens()) {
            bob.readsReply(7).ok();
        }
    }

    @Test
    void refusesAUsedTicket() {
        String ticket = ticketOf("bob");
        Handshake.anonymous().withQuery("ticket=" + ticket).accepted();

        assertUnauthorized(Handshake.anonymous().withQuery("ticket=" + ticket).refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "..%2F..%2Fetc", "%27%20or%20%271%27=%271"})
    void refusesAnUnknownTicket(String ticket) {
        assertUnauthorized(Handshake.anonymous().withQuery("ticket=" + ticket).refused());
    }

    @Test
    void acceptsATokenInTheHeader() {
        HttpAnswer answer = Handshake.of("bob").accepted();

        assertThat(answer.header("Sec-WebSocket-Accept")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // RFC 6455 section 1.3
        assertThat(answer.header("Sec-WebSocket-Protocol")).isEmpty();
    }

    @Test
    void acceptsATokenInTheSubprotocolsAndEchoesOnlyTheProtocol() {
        HttpAnswer answer = Handshake.anonymous().with("Sec-WebSocket-Protocol", "parley.v1, bearer." + Tokens.of("bob")).accepted();

        assertThat(answer.headers().get("sec-websocket-protocol")).containsExactly("parley.v1");
    }

    @Test
    void acceptsATicketOnce() {
        try (RawSocket socket = Handshake.anonymous().withQuery("ticket=" + ticketOf("carol")).opens()) {
            assertThat(socket.hello().at("/user/id").stringValue()).isEqualTo("carol");
        }
    }

    @Test
    void acceptsPagesFromItsOwnOrigin() {
        assertThat(Handshake.of("bob").from("http://" + Server.base().getAuthority()).accepted().status()).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate; server_max_window_bits=9", "x-webkit-deflate-frame", "permessage-deflate; unknown"})
    void negotiatesNoOtherExtension(String offer) {
        assertThat(Handshake.of("bob").with("Sec-WebSocket-Extensions", offer).accepted().header("Sec-WebSocket-Extensions")).isEmpty();
    }

    @Test
    void keepsTokensAndTicketsOutOfTheLog() {
        String good = Tokens.of("bob", "Bob");
        String bad = ForgedToken.EXPIRED.token();
        String ticket = ticketOf("bob");
        Handshake.withToken(good).accepted();
        Handshake.withToken(bad).refused();
        Handshake.anonymous().with("Sec-WebSocket-Protocol", "parley.v1, bearer." + bad).refused();
        Handshake.anonymous().withQuery("token=" + good).refused();
        Handshake.anonymous().withQuery("ticket=" + ticket).accepted();
        Handshake.anonymous().withQuery("ticket=" + ticket).refused();
        Http.withToken(bad).get("/api/rooms");

        String log = Server.log();
        assertThat(log).as("the log names the refusal").contains("refused with 401");
        assertThat(log).doesNotContain(signature(good), signature(bad), ticket);
    }

    private static void assertUnauthorized(HttpAnswer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).hasValueSatisfying(scheme -> assertThat(scheme).startsWith("Bearer"));
    }

    private static String ticketOf(String user) {
        return Http.of(user).post("/api/tickets", Map.of()).json(200).get("ticket").stringValue();
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }
}
