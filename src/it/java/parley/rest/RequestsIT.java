package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.Bystander;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;

/**
 * Malformed and hostile requests, byte for byte. Each gets a 4xx with the headers of every page, which says nothing about the server, and
 * other clients notice nothing.
 */
@ExtendWith(Bystander.class)
class RequestsIT {

    private static final int LONGEST_WAIT_MILLIS = 30_000;

    @ParameterizedTest
    @ValueSource(strings = {"/parley/x:y", "/parley/x%3Ay", "/parley/api/rooms/a:b", "/parley/%zz", "/parley/%", "/parley/%uff0e",
        "/parley/a/..", "/parley/a/.", "/parley/.", "/parley/..", "/parley/%2e%2e", "/parley/api/rooms?after=%00", "/parley/ws?ticket=%00",
        "/parley/?%ff", "/%70arley/x:y", "//parley/x:y", "/parley;a=b/x:y", "/x/../parley/x:y", "/parley/%c0%ae%c0%ae/", "/parley/a%00b",
        "/parley/api/rooms/", "/parley/api//rooms", "/parley/api/rooms/general/members/x:y", "/parley/dev/token:", "/parley/\\..\\x",
        "/parley/a|b\u00e4", "http://localhost/parley/x:y", "/parley/%0d%0aSet-Cookie:x", "/parley/api/administration/rooms/x:y/epoch"})
    void aPathThatIsMalformedOrDoesNotExist(String target) throws IOException {
        String log = Server.log();

        assertRefused(answer("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 400, 401, 404, 405);

        assertThat(Server.log().substring(log.length()).lines().filter(line -> line.startsWith("["))).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=abc", "limit=1.5", "limit=99999999999999999999", "limit=1e3", "limit=0x10", "limit=%E2%82%AC"})
    void aQueryParameterThatIsNoNumber(String query) {
        for (String path : List.of("/api/rooms", "/api/rooms/general/members", "/api/rooms/general/bans", "/api/rooms/general/messages")) {
            assertThat(Http.of("bob").get(path + "?" + query).status()).as(path).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost\r\nHost: other", "Host: local host", "Host: localhost:port",
        "Host: localhost\r\nTransfer-Encoding: identity", "Host: localhost\r\nTransfer-Encoding: chunked, chunked",
                "Host: localhost\r\nContent-Length: 1\r\nContent-Length: 2",
        "Host: localhost\r\nContent-Length: -1", "Host: localhost\r\nContent-Length: abc"})
    void anAmbiguousHead(String headers) throws IOException {
        assertThat(status(answer("POST /parley/api/rooms HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n0\r\n\r\n")))
                .isIn(400, 413, 501);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=foo", "application/json; charset=iso-8859-1", "application/json; charset=utf-16",
        "text/plain", ";;;", "application/json; charset=\"", "x", "application/x-www-form-urlencoded; charset=utf-7"})
    void aBodyOfAnotherType(String type) throws IOException {
        byte[] body = "{\"name\":\"A room of another kind\"}".getBytes(StandardCharsets.UTF_8);
        assertRefused(answer(head("POST /parley/api/rooms", "Content-Type: " + type, "Content-Length: " + body.length), body), 400, 415);
        assertRefused(answer(head("POST /parley/api/sign-out/back-channel", "Content-Type: " + type, "Content-Length: " + body.length),
                body), 400, 415);
        assertRefused(answer(head("POST /parley/api/rooms", "Content-Type: " + type), new byte[0]), 400, 415);
    }

    @Test
    void aBodyThatIsNotUtf8() throws IOException {
        byte[] body = "{\"name\":\"a?b\"}".getBytes(StandardCharsets.UTF_8);
        body[10] = (byte) 0xff;
        for (String path : List.of("/parley/api/rooms", "/parley/dev/token")) {
            assertRefused(answer(head("POST " + path, "Content-Type: application/json", "Content-Length: " + body.length), body), 400);
        }
    }

    @Test
    void aBodyThatIsTooLarge() throws IOException {
        byte[] body = "x".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);
        assertRefused(answer(head("POST /parley/api/rooms", "Content-Type: application/json", "Content-Length: " + body.length), body),
                413);
        byte[] chunked = (Integer.toHexString(body.length) + "\r\n" + "x".repeat(body.length) + "\r\n0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        assertRefused(answer(head("POST /parley/api/rooms", "Content-Type: application/json", "Transfer-Encoding: chunked"), chunked), 413);
        assertRefused(answer(head("POST /parley/api/rooms", "Content-Type: application/json", "Content-Length: 9000000000"), new byte[0]),
                413);
    }

    @Test
    void aChunkThatIsBroken() throws IOException {
        byte[] broken = "zz\r\n{}\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(status(answer(head("POST /parley/api/rooms", "Content-Type: application/json", "Transfer-Encoding: chunked"), broken)))
                .isEqualTo(400);
    }

    @Test
    void aBodyThatComesInPieces() throws IOException {
        byte[] body = "{\"name\":\"In pieces, \u00e4\",\"kind\":\"private\"}".getBytes(StandardCharsets.UTF_8);
        try (Socket socket = connected()) {
            socket.getOutputStream().write(head("POST /parley/api/rooms", "Content-Type: application/json", "Content-Length: "
                    + body.length));
            for (byte one : body) {
                socket.getOutputStream().write(one);
                socket.getOutputStream().flush();
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 201 ")
                    .contains("In pieces, \u00e4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /parley/api/rooms", "GET /parley/", "POST /parley/api/tickets", "POST /parley/api/rooms",
            "GET /parley/api/administration/audit"})
    void anUpgradeToAnotherProtocolIsAnsweredAtOnce(String request) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = connected()) {
            socket.getOutputStream().write(head(request, "Upgrade: something", "Content-Type: application/json"));
            socket.getOutputStream().flush();
            assertThat(received(socket)).matches("(?s)HTTP/1.1 [24].*");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static byte[] head(String request, String... headers) {
        return (request + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Tokens.of("bob") + "\r\n"
                + String.join("\r\n", headers)
                + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertRefused(String answer, Integer... statuses) {
        assertThat(status(answer)).as(answer).isIn((Object[]) statuses);
        assertThat(answer).contains("Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff",
                "application/problem+json")
                .doesNotContain("\tat ").doesNotContainIgnoringCase("payara").doesNotContainIgnoringCase("glassfish");
    }

    private static int status(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static String answer(String request) throws IOException {
        return answer(request.getBytes(StandardCharsets.ISO_8859_1), new byte[0]);
    }

    private static String answer(byte[] head, byte[] body) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(head);
            try {
                socket.getOutputStream().write(body);
                socket.getOutputStream().flush();
            } catch (IOException refusedEarly) {
                // The server may close the connection before it has read all of a refused body.
            }
            return received(socket);
        }
    }

    private static String received(Socket socket) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8_192];
        try {
            for (int count = socket.getInputStream().read(some); count >= 0; count = socket.getInputStream().read(some)) {
                all.write(some, 0, count);
            }
        } catch (IOException reset) {
            // The bytes before the reset count.
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static Socket connected() throws IOException {
        Socket socket = new Socket("localhost", Server.base().getPort());
        socket.setSoTimeout(LONGEST_WAIT_MILLIS);
        return socket;
    }
}
