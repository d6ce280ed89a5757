package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;
import parley.server.TestServer;

/**
 * Random requests to every address of the HTTP interface and to the handshake, with strange paths, queries, headers and bodies. No
 * request makes the server fail: the only 5xx is 503 with {@code Retry-After}. Runs for 6 s in every build, or for
 * {@code -Dfuzz.http.seconds=600}. A failure prints the bytes of the request.
 */
class HttpFuzzIT {

    private static final int LONGEST_WAIT_MILLIS = 20_000;
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "get", "BREW");
    private static final List<String> PATHS = List.of("/parley/", "/parley", "/parley/ws", "/parley/sign-in", "/parley/error",
            "/parley/dev/token", "/parley/chat/parley-chat.js", "/parley/api", "/parley/api/rooms", "/parley/api/rooms/{s}",
            "/parley/api/rooms/{s}/members", "/parley/api/rooms/{s}/bans", "/parley/api/rooms/{s}/mutes", "/parley/api/rooms/{s}/messages",
            "/parley/api/people", "/parley/api/people/one", "/parley/api/me", "/parley/api/me/blocks", "/parley/api/direct",
            "/parley/api/administration/people/access", "/parley/api/tickets", "/parley/api/sign-out/back-channel",
            "/parley/api/administration/audit", "/parley/api/stream", "/parley/api/rooms/{s}/events", "/parley/api/commands",
            "/parley/api/administration/revocations", "/parley/api/administration/rooms/{s}/rebuild", "/parley/api/administration/{s}",
            "/parley/api/administration/imports", "/parley/api/administration/imports/{s}", "/parley/api/administration/holds",
            "/parley/api/administration/holds/{s}/content", "/parley/api/administration/holds/{s}/files/{s}", "/parley/api/scim/v2/Users",
            "/parley/api/administration/removals", "/parley/api/administration/removals/{s}/undo",
            "/parley/api/emoji/{s}", "/parley/api/administration/emoji/{s}", "/parley/api/administration/features/{s}",
            "/parley/api/administration/erasures", "/parley/api/administration/erasures/{s}/report",
            "/parley/api/scim/v2/Users/{s}", "/parley/api/scim/v2/Groups", "/parley/api/scim/v2/Groups/{s}", "/parley/api/scim/v2/Schemas",
            "/parley/{s}", "/parley/{s}/{s}", "/parley/{s}/../{s}");
    private static final List<String> STRANGE = List.of("general", "x:y", "%", "%zz", "%00", "%2e%2e", "..", ".", "", "%ff", "%c0%af",
            "%u002e", ";a=b", "..;", "%3b", "%5c", "\\", "a|b", "{}", "\"", "'", "<x>", "%0d%0aX:y", "%F0%9F%98%80", "%ED%A0%80", "\u00ff",
            "WEB-INF", "web.xml", "*", "~", "%25", "a".repeat(300), "%41".repeat(900), "\t", "#", "@", "http://x", "[::1]", "-1", "0",
            "null", "1e9", "99999999999999999999", "application.wadl");
    private static final List<String> PARAMETERS = List.of("limit", "after", "before", "thread", "user", "actor", "room", "ticket", "since",
            "wait", "query", "id", "filter", "startIndex", "count", "");
    private static final List<String> HEADERS = List.of("Content-Type: application/json; charset=foo", "Content-Type: ;;;",
            "Content-Type: */*", "Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data; boundary=",
            "Content-Type: application/json", "Accept: ;", "Accept: text/html;q=x", "Accept: image/png", "Accept-Language: \u00ff",
            "Accept-Encoding: gzip;q=2", "Accept-Charset: x", "Origin: null", "Origin: https://evil.example", "Origin: %",
            "Range: bytes=9-1", "Range: bytes=-", "Range: x", "If-None-Match: *", "If-Modified-Since: yesterday", "If-Match: \"",
            "Expect: 100-continue", "Expect: 200-ok", "Upgrade: websocket", "Upgrade: h2c", "Connection: Upgrade", "Connection: \u0001",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: x", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Protocol: parley.v1, bearer.", "Sec-WebSocket-Protocol: ,", "Sec-WebSocket-Extensions: permessage-deflate; a=\"",
            "X-Forwarded-For: ,,,", "X-Forwarded-For: ::1%eth0", "X-Forwarded-Proto: gopher", "X-Forwarded-Host: a b", "Forwarded: for=\"",
            "Cookie: =;;=", "Cookie: JSESSIONID=../../x", "Authorization: Basic YTpi", "Authorization: Bearer",
            "Authorization: Bearer a.b.c", "Host: other", "Host: a:b:c", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip",
            "Content-Length: -1", "Content-Length: 5, 5", "Content-Encoding: gzip", "TE: x", "Via: x", "X-HTTP-Method-Override: DELETE",
            "X-Long: " + "a".repeat(9_000), "Access-Control-Request-Method: \u00e4", "HTTP2-Settings: AAAA", ": x", "x y: z");
    private static final List<String> BODIES = List.of("", "{}", "[]", "null", "{", "{\"name\":\"\\ud800\"}", "{\"name\":\"\\u0000\"}",
            "{\"name\":7}", "{\"name\":\"a room\",\"kind\":\"private\",\"retention\":\"-1d\"}", "{\"name\":\"a\",\"name\":\"b\"}",
            "{\"user\":\"..\",\"role\":\"member\"}", "{\"user\":\"a\",\"until\":\"+999999999-01-01T00:00:00Z\"}",
            "{\"user\":{\"$ne\":null}}",
            "{\"users\":[[]]}", "{\"users\":[\"..\",\"\\u0000\"]}",
            "{\"status\":{\"text\":[]},\"quiet\":7}",
            "{\"quiet\":{\"from\":\"99:99\",\"to\":\"\",\"zone\":\"../../etc\"}}", "{\"keywords\":[null]}",
            "{\"user\":\"a\",\"for\":1e400}",
            "[".repeat(5_000), "{\"name\":1e999999999}", "logout_token=%zz",
            "logout_token=a.b.c&logout_token=", "=&=&%", "{\"user\":\"" + "u".repeat(300) + "\"}", "\u00ff\u00fe{}", "x".repeat(70_000),
            "{\"topic\":\"" + "\\u2800".repeat(250) + "\"}", "{\"jti\":\"\"}", "{\"on\":7}", "{\"userName\":[]}",
            "{\"userName\":\"\\u0000\",\"active\":7}", "{\"Operations\":[{\"op\":\"remove\",\"path\":\"members[\"}]}",
            "{\"displayName\":\"fuzz\",\"members\":[{\"value\":null}]}", "{\"source\":\"..\",\"format\":\"slack\",\"file\":\"..\"}",
            "{\"groups\":[\"a\\nb\"],\"user\":\"fuzz\"}");

    private final Random random = new Random(Long.getLong("parley.fuzz.http.seed", 1));

    @Test
    void noRequestMakesTheServerFail() throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("parley.fuzz.http.seconds", 10)).toNanos();
        String token = Tokens.of("fuzz");
        String administrators = Tokens.of("fuzz", "Fuzz", "parley-admin");
        int requests = 0;
        while (System.nanoTime() < end) {
            byte[] request = request(List.of(administrators, TestServer.SCIM_TOKEN, token, token).get(random.nextInt(4)));
            String answer = answer(request);
            assertThat(isExpected(answer)).as("After %s requests:%n%s%n%nwas answered with:%n%s", requests, shown(request), answer)
                    .isTrue();
            requests++;
        }
        System.out.println("Random requests with an expected answer: " + requests);
        assertThat(Http.of("alice").get("/api/rooms").status()).isEqualTo(200);
        try (ChatClient alice = ChatClient.of("alice")) {
            assertThat(alice.asks("ping", Map.of()).ok()).isEmpty();
        }
    }

    private static boolean isExpected(String answer) {
        return !answer.matches("(?s)HTTP/1.1 5.*") || answer.matches("(?s)HTTP/1.1 503 .*\r\nRetry-After: .*");
    }

    private byte[] request(String token) {
        boolean administers = !token.equals(Tokens.of("fuzz"));
        // Administrators only read: a shutdown or a revocation would break other tests.
        String method = administers ? "GET" : one(METHODS);
        StringBuilder head = new StringBuilder(method).append(' ').append(path());
        if (random.nextInt(2) == 0) {
            head.append('?').append(one(PARAMETERS)).append('=').append(one(STRANGE)).append('&').append(one(PARAMETERS)).append('=')
                    .append(one(STRANGE));
        }
        head.append(random.nextInt(40) == 0 ? " HTTP/1.0" : " HTTP/1.1").append("\r\nHost: localhost\r\n");
        if (random.nextInt(4) > 0) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            head.append(one(HEADERS)).append("\r\n");
        }
        byte[] body = one(BODIES).getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        if (body.length > 0 && random.nextInt(3) == 0) {
            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
        }
        if (body.length > 0 && random.nextInt(10) > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private String path() {
        String path = one(PATHS);
        while (path.contains("{s}")) {
            path = path.replaceFirst("\\{s}", one(STRANGE).replace("\\", "\\\\"));
        }
        if (path.startsWith("/parley/") && random.nextInt(6) == 0) {
            // Behind the context root: other paths lead to other applications.
            int at = Math.min(path.length(), "/parley/".length() + random.nextInt(path.length() + 1));
            path = path.substring(0, at) + one(STRANGE) + path.substring(at);
        }
        return path;
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    // Empty if the server closed the connection without an answer. An accepted handshake and the head of a stream end the reading.
    private static String answer(byte[] request) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Socket socket = new Socket("localhost", Server.base().getPort())) {
            socket.setSoTimeout(LONGEST_WAIT_MILLIS);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            byte[] some = new byte[8_192];
            InputStream in = socket.getInputStream();
            for (int count = in.read(some); count >= 0 && !isEndless(all); count = in.read(some)) {
                all.write(some, 0, count);
            }
        } catch (SocketTimeoutException timeout) {
            throw new AssertionError("There was no answer to:\n" + shown(request) + "\nbut " + all, timeout);
        } catch (IOException reset) {
            // The bytes before the reset count.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean isEndless(ByteArrayOutputStream answer) {
        String head = answer.toString(StandardCharsets.ISO_8859_1);
        return head.substring(0, Math.min(head.length(), 4_096))
                .matches("(?is)HTTP/1.1 101.*|HTTP/1.1 200 .*\r\ncontent-type: *text/event-stream.*\r\n\r\n.*");
    }

    private static String shown(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1).replaceAll("(Bearer )[A-Za-z0-9_-]{20,}[A-Za-z0-9._-]*", "$1...");
        return text.length() > 3_000 ? text.substring(0, 3_000) + "..." : text;
    }
}
