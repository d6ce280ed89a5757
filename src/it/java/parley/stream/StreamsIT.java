package parley.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;
import static parley.kit.Expected.unsubscribed;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.BackgroundPoster;
import parley.kit.ChatClient;
import parley.kit.EventStream;
import parley.kit.EventStream.Kind;
import parley.kit.EventStream.Sent;
import parley.kit.ForgedToken;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Streams over HTTP have the same frames, order, limits and ends as a socket. */
class StreamsIT {

    private static final int RESUMPTIONS = 200;

    private final String token = Tokens.of("bob");
    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    private final String epoch = alice.subscribes(room).get("epoch").stringValue();

    // Refusals

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"subscribe\":{}}", "{\"subscribe\":[\"general\"]}", "{\"subscribe\":[{}]}", "{\"watch\":\"yes\"}",
            "{\"subscribe\":[{\"room\":{\"$ne\":null}}]}", "{\"subscribe\":[{\"room\":\"a\",\"since\":\"e:1\"}]}", "{\"wait\":61}",
            "{\"subscribe\":[{\"room\":\"a\",\"since\":{\"epoch\":\"e\",\"offset\":-1}}]}", "{\"wait\":-1}", "{\"more\":1}",
            "{\"subscribe\":[{\"room\":\"a\",\"since\":{\"epoch\":\"e\",\"offset\":1},\"last\":5}]}", "{\"watch\":true,\"watch\":true}",
            "{\"subscribe\":[{\"room\":\"a\",\"last\":101}]}", "{\"subscribe\":[{\"room\":\"a\",\"more\":1}]}"})
    void refusesABodyThatIsNotAsDescribed(String body) {
        HttpAnswer answer = Http.withToken(token).postText("/api/stream", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("bad_request");
    }

    @Test
    void refusesMoreSubscriptionsThanASocketMayHave() {
        List<Map<String, String>> many = Collections.nCopies(129, Map.of("room", room));
        HttpAnswer answer = Http.withToken(token).post("/api/stream", Map.of("subscribe", many));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("too_large");
    }

    @Test
    void refusesABodyOverTheFrameLimit() {
        HttpAnswer answer = Http.withToken(token).postText("/api/stream", "{\"x\":\"" + "a".repeat(65_536) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void needsAValidToken() {
        for (String path : List.of("/api/stream", "/api/rooms/" + room + "/events")) {
            HttpRequest.Builder request = HttpRequest.newBuilder(Server.at(path));
            if (path.endsWith("stream")) {
                request.POST(BodyPublishers.ofString("{}"));
            }
            HttpAnswer nobody = Http.anonymous().send(request.copy());
            assertThat(nobody.problem()).as(path).isEqualTo("unauthorized");
            assertThat(nobody.status()).isEqualTo(401);
            assertThat(nobody.header("WWW-Authenticate")).isPresent();
            assertThat(Http.withToken(ForgedToken.EXPIRED.token()).send(request.copy()).status()).isEqualTo(401);
        }
        assertThat(Http.anonymous().get("/api/rooms/" + room + "/events?ticket=made-up").status()).isEqualTo(401);
    }

    @Test
    void refusesOtherMethods() {
        assertThat(Http.withToken(token).get("/api/stream").header("Allow")).contains("POST");
        assertThat(Http.withToken(token).delete("/api/rooms/" + room + "/events").header("Allow")).contains("GET");
    }

    @Test
    void repliesNotFoundForARoomThatTheCallerCannotSeeAndServesTheOthers() {
        String hidden = Http.of("alice").createsPrivateRoom();
        try (EventStream stream = open(Map.of("subscribe",
                List.of(Map.of("room", hidden), Map.of("room", room), Map.of("room", "no-such-room"))))) {
            assertThat(stream.frame().get("type").stringValue()).isEqualTo("hello");
            Map<Integer, JsonNode> replies = new java.util.HashMap<>();
            for (int i = 0; i < 3; i++) {
                JsonNode reply = stream.frame();
                replies.put(reply.get("re").intValue(), reply);
            }
            assertThat(replies.get(1).at("/error/code").stringValue()).isEqualTo("not_found");
            assertThat(replies.get(3).get("error")).isEqualTo(replies.get(1).get("error"));
            assertThat(replies.get(2).at("/ok/room").stringValue()).isEqualTo(room);
            alice.posts("served");
            stream.upTo(posted("served"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?since=1", "?since=:1", "?since=e:-1", "?since=e:1:2", "?since=e:1&last=5", "?wait=61", "?wait=x", "?last=101",
            "?since=e:99999999999999999999"})
    void refusesAQueryThatIsNotAsDescribed(String query) {
        HttpAnswer answer = Http.withToken(token).get("/api/rooms/" + room + "/events" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("bad_request");
    }

    @Test
    void refusesALastEventIdThatIsNoPosition() {
        try (EventStream stream = EventStream.ofRoom(token, room, "", "Last-Event-ID", "17")) {
            assertThat(stream.status()).isEqualTo(400);
            assertThat(stream.problem()).isEqualTo("bad_request");
        }
    }

    @Test
    void hidesRoomsThatTheCallerCannotSee() {
        String hidden = Http.of("alice").createsPrivateRoom();
        HttpAnswer there = Http.withToken(token).get("/api/rooms/" + hidden + "/events");
        assertThat(there.status()).isEqualTo(404);
        assertThat(Http.withToken(token).get("/api/rooms/no-such-room/events").body()).isEqualTo(there.body());
        assertThat(Http.withToken(token).get("/api/rooms/..." + "/events").status()).isEqualTo(404);
    }

    @Test
    void givesPagesOfForeignOriginsNoAccess() {
        try (EventStream stream = EventStream.ofRoom(token, room, "?wait=0", "Origin", "https://evil.example")) {
            assertThat(stream.header("Access-Control-Allow-Origin")).isEmpty();
        }
        String portal = "http://localhost:" + Server.portalPort();
        try (EventStream stream = EventStream.ofRoom(token, room, "?wait=0", "Origin", portal)) {
            assertThat(stream.header("Access-Control-Allow-Origin")).isEqualTo(portal);
        }
    }

    // Frames

    @Test
    void beginsWithHelloAndRepliesThenEventsAndIsNeverBuffered() {
        alice.posts("before");
        try (EventStream stream = open(Map.of("watch", true, "subscribe",
                List.of(Map.of("room", room, "since", Map.of("epoch", epoch, "offset", 1)), Map.of("room", room + "2"))))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
            JsonNode hello = stream.frame();
            assertThat(hello.at("/user/id").stringValue()).isEqualTo("bob");
            List<Integer> replies = List.of(stream.frame(), stream.frame(), stream.frame()).stream()
                    .map(reply -> reply.get("re").intValue()).sorted().toList();
            assertThat(replies).containsExactly(1, 2, 3);
            assertThat(stream.frame().has("at")).isTrue();
            stream.upTo(posted("before"));
        }
    }

    @Test
    void countsAsAConnectionAndAsPresenceUntilItIsGone() {
        try (EventStream stream = open(Map.of("subscribe", List.of(Map.of("room", room))))) {
            stream.frame();
            stream.frame();
            alice.receives(parley.kit.Expected.cameOnline("bob"));
        }
        alice.receives(parley.kit.Expected.wentOffline("bob"));
    }

    @Test
    void resumesWithoutGapAndDuplicateWhileAnotherUserPosts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long head = alice.posts("first");
        try (BackgroundPoster chatter = new BackgroundPoster(alice, room)) {
            for (int i = 0; i < RESUMPTIONS; i++) {
                long since = head - random.nextLong(Math.min(head - 1, 300));
                try (EventStream stream = open(Map.of("subscribe",
                        List.of(Map.of("room", room, "since", Map.of("epoch", epoch, "offset", since)))))) {
                    stream.frame();
                    JsonNode ok = stream.frame().get("ok");
                    assertThat(ok.get("recovered").booleanValue()).as("seed %s", seed).isTrue();
                    head = ok.get("offset").longValue();
                    assertThat(stream.offsetsUpTo(head + 2)).as("seed %s, resumption %s", seed, i)
                            .isEqualTo(LongStream.rangeClosed(since + 1, head + 2).boxed().toList());
                }
            }
        }
    }

    // One room

    @Test
    void numbersTheEventsOfARoomAndResumesAfterTheLastEventId() {
        Sent last;
        try (EventStream stream = EventStream.ofRoom(token, room, "")) {
            stream.frame();
            assertThat(stream.next().id()).isEqualTo(epoch + ":" + 2);
            long offset = alice.posts("seen");
            last = stream.upTo(posted("seen"));
            assertThat(last.id()).isEqualTo(epoch + ":" + offset);
        }
        long missed = alice.posts("missed");
        try (EventStream stream = EventStream.ofRoom(token, room, "?last=5", "Last-Event-ID", last.id())) {
            stream.frame();
            Sent reply = stream.next();
            assertThat(reply.data().at("/ok/recovered").booleanValue()).isTrue();
            assertThat(reply.id()).isEqualTo(last.id());
            assertThat(stream.offsetsUpTo(missed)).containsExactly(missed);
        }
    }

    @Test
    void takesATicketOnce() {
        String ticket = Http.of("bob").post("/api/tickets", Map.of()).json(200).get("ticket").stringValue();
        URI address = Server.at("/api/rooms/" + room + "/events?wait=0&ticket=" + ticket);
        try (EventStream stream = EventStream.send(HttpRequest.newBuilder(address))) {
            assertThat(stream.frame().at("/user/id").stringValue()).isEqualTo("bob");
        }
        try (EventStream stream = EventStream.send(HttpRequest.newBuilder(address))) {
            assertThat(stream.status()).isEqualTo(401);
        }
    }

    @Test
    void endsWithTheRightToReadTheRoom() {
        String hidden = Http.of("alice").createsPrivateRoom();
        Http.of("alice").setsRole(hidden, "bob", "member");
        try (EventStream stream = EventStream.ofRoom(token, hidden, "")) {
            stream.frame();
            stream.frame();
            Http.of("alice").removes(hidden, "bob");
            stream.upTo(unsubscribed(hidden));
            assertThat(stream.next().kind()).isEqualTo(Kind.END);
        }
        assertThat(Http.withToken(token).get("/api/rooms/" + hidden + "/events").status()).isEqualTo(404);
    }

    // Long polls

    @Test
    void answersALongPollAtOnceIfSomethingWasMissed() {
        long last = alice.posts("missed");
        List<Sent> answer = EventStream.ofRoom(token, room, "?wait=25&since=" + epoch + ":" + (last - 1)).toEnd();
        assertThat(answer.get(2).data().get("offset").longValue()).isEqualTo(last);
        assertThat(EventStream.ofRoom(token, room, "?wait=25&since=other:1").toEnd()).hasSize(3);
        assertThat(EventStream.ofRoom(token, room, "?wait=25").toEnd()).hasSize(3);
    }

    @Test
    void answersALongPollWithTheNextEventOrAfterTheWait() {
        long last = alice.posts("seen");
        try (EventStream poll = EventStream.ofRoom(token, room, "?wait=25&since=" + epoch + ":" + last)) {
            poll.frame();
            poll.frame();
            alice.posts("awaited");
            poll.upTo(posted("awaited"));
            assertThat(poll.next().kind()).isEqualTo(Kind.END);
        }
        long begun = System.nanoTime();
        assertThat(EventStream.ofRoom(token, room, "?wait=1&since=" + epoch + ":" + (last + 1)).toEnd())
                .noneMatch(sent -> sent.kind() == Kind.FRAME && sent.data().has("at"));
        assertThat(System.nanoTime() - begun).isGreaterThan(900_000_000);
    }

    @Test
    void pollsTheWholeLogWithoutGapAndDuplicate() {
        long position = alice.posts("first");
        List<Long> seen = new ArrayList<>();
        long first = position;
        try (BackgroundPoster chatter = new BackgroundPoster(alice, room)) {
            for (int i = 0; i < RESUMPTIONS; i++) {
                for (Sent sent : EventStream.ofRoom(token, room, "?wait=25&since=" + epoch + ":" + position).toEnd()) {
                    if (sent.kind() == Kind.FRAME && sent.data().has("at")) {
                        position = sent.data().get("offset").longValue();
                        seen.add(position);
                    }
                }
            }
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(RESUMPTIONS).isEqualTo(LongStream.rangeClosed(first + 1, position).boxed().toList());
    }

    // Ends

    @Test
    void endsWithTheTokensExpiry() {
        Instant expires = Instant.now().plusSeconds(3);
        try (EventStream stream = EventStream.open(Tokens.expiringAt("bob", expires), Map.of("subscribe", List.of(Map.of("room", room))))) {
            List<Sent> all = stream.toEnd();
            assertThat(all.get(all.size() - 2)).extracting(Sent::kind, sent -> sent.data().get("code").intValue())
                    .containsExactly(Kind.CLOSE, 4001);
            assertThat(Instant.now()).isBefore(expires.plusSeconds(3));
        }
    }

    @Test
    void endsWhenTheTokenIsRevoked() {
        String user = "user" + UUID.randomUUID();
        try (EventStream stream = EventStream.open(Tokens.of(user), Map.of("subscribe", List.of(Map.of("room", room))))) {
            stream.frame();
            stream.frame();
            long begun = System.nanoTime();
            Http.withToken(Tokens.of("carol", "Carol", "parley-admin")).post("/api/administration/revocations", Map.of("user", user));
            List<Sent> rest = stream.toEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(rest.get(rest.size() - 2).data().get("code").intValue()).isEqualTo(4001);
        }
    }

    @Test
    void aGracefulShutdownSaysWhenToComeBack() {
        Http administrator = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));
        try (EventStream stream = open(Map.of("subscribe", List.of(Map.of("room", room))))) {
            stream.frame();
            stream.frame();
            administrator.post("/api/administration/drain", Map.of()).json(200);
            List<Sent> rest = stream.toEnd();
            assertThat(rest).extracting(Sent::kind).contains(Kind.RETRY, Kind.CLOSE);
            Sent close = rest.stream().filter(sent -> sent.kind() == Kind.CLOSE).findFirst().orElseThrow();
            assertThat(close.data().get("code").intValue()).isEqualTo(1012);
            assertThat(Json.read(close.data().get("reason").stringValue()).get("after").longValue()).isPositive();
            assertThat(Http.withToken(token).post("/api/stream", Map.of()).status()).isEqualTo(503);
            assertThat(Http.withToken(token).postText("/api/commands", "{\"id\":1,\"type\":\"ping\"}").json(200).at("/error/code")
                    .stringValue()).isEqualTo("unavailable");
        } finally {
            administrator.delete("/api/administration/drain");
        }
    }

    private EventStream open(Map<String, ?> body) {
        return EventStream.open(token, body);
    }
}
