package parley.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.kit.ChatClient;
import parley.kit.Coturn;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.Reply;
import parley.kit.Server;
import tools.jackson.databind.JsonNode;

/** Calls as the people of a room see them: alice owns it, bob and carol are members. */
class CallsIT {

    private static final int LARGEST_SIGNAL = 16 << 10;
    private static final int MOST_PEOPLE = 4;
    /** A change of rights takes effect within this time. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Http requests = Http.of("alice");
    private final String room = requests.createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob").joins(room);
    @AutoClose
    private final ChatClient carol = ChatClient.of("carol").joins(room);

    private Reply ask(ChatClient who, String type) {
        return who.asks(type, Map.of("room", room));
    }

    /** Starts the call or joins it, and returns the reply. */
    private JsonNode join(ChatClient who) {
        Reply started = ask(who, "call.start");
        return started.json().has("ok") ? started.ok() : ask(who, "call.join").ok();
    }

    private Reply continues(ChatClient who, String participant) {
        return who.asks("call.join", Map.of("room", room, "participant", participant));
    }

    private Reply signal(ChatClient who, String to, Object data) {
        return who.asks("signal", Map.of("room", room, "to", to, "data", data));
    }

    private static String participant(JsonNode joined) {
        return joined.get("participant").stringValue();
    }

    private static List<String> people(JsonNode call) {
        return call.get("people").valueStream().map(one -> one.get("id").stringValue() + (one.has("lost") ? " is lost" : "")).toList();
    }

    private static Expected peopleAre(String... people) {
        return new Expected("call.people with " + Arrays.toString(people), event -> isA(event, "call.people")
                && people(event).equals(List.of(people)));
    }

    private static boolean isA(JsonNode event, String type) {
        return event.path("type").stringValue("").equals(type);
    }

    private static List<JsonNode> signals(List<JsonNode> events) {
        return events.stream().filter(event -> isA(event, "signal")).toList();
    }

    @Test
    void refusesWhatNeedsACall() {
        assertThat(ask(bob, "call.join").refusal()).isEqualTo("conflict");
        assertThat(ask(bob, "call.leave").refusal()).isEqualTo("conflict");
        assertThat(signal(bob, "alice", "offer").refusal()).isEqualTo("conflict");
        join(alice);
        assertThat(ask(bob, "call.start").refusal()).as("a second call").isEqualTo("conflict");
        assertThat(signal(bob, "alice", "offer").refusal()).as("from outside").isEqualTo("conflict");
        assertThat(signal(alice, "bob", "offer").refusal()).as("to the outside").isEqualTo("conflict");
        assertThat(signal(alice, "alice", "x".repeat(LARGEST_SIGNAL + 1)).refusal()).isEqualTo("too_large");
        assertThat(signals(alice.receivedSoFar())).isEmpty();
        assertThat(signals(bob.receivedSoFar())).isEmpty();
    }

    @Test
    void refusesPeopleWhoMayNotPost() {
        join(alice);
        requests.setsRole(room, "bob", "guest");
        assertThat(ask(bob, "call.join").refusal()).isEqualTo("forbidden");
        requests.mutes(room, "carol", Instant.now().plusSeconds(60));
        assertThat(ask(carol, "call.join").refusal()).isEqualTo("forbidden");
        try (ChatClient stranger = ChatClient.of("stranger")) {
            stranger.subscribes(room);
            assertThat(ask(stranger, "call.join").refusal()).isEqualTo("forbidden");
        }
    }

    @Test
    void startAndEndAreInTheLog() {
        JsonNode started = join(alice);
        assertThat(people(started)).containsExactly("alice");
        JsonNode event = carol.receives(Expected.ofType("call.started"));
        assertThat(event.get("call")).isEqualTo(started.get("call"));
        assertThat(event.at("/by/id").stringValue()).isEqualTo("alice");
        assertThat(people(join(bob))).containsExactly("alice", "bob");
        carol.receives(peopleAre("alice", "bob"));
        try (ChatClient later = ChatClient.of("carol")) {
            JsonNode call = later.subscribes(room).get("call");
            assertThat(call.get("call")).isEqualTo(started.get("call"));
            assertThat(people(call)).containsExactly("alice", "bob");
            assertThat(call.at("/by/id").stringValue()).isEqualTo("alice");
        }
        assertThat(people(ask(alice, "call.leave").ok())).containsExactly("bob");
        carol.receives(peopleAre("bob"));
        assertThat(people(ask(bob, "call.leave").ok())).isEmpty();
        JsonNode ended = carol.receives(Expected.ofType("call.ended"));
        assertThat(ended.get("offset").longValue()).isEqualTo(event.get("offset").longValue() + 1);
        assertThat(ended.get("seconds").longValue()).isBetween(0L, 60L);
        assertThat(people(ended)).containsExactly("alice", "bob");
        assertThat(ended.at("/by/id").stringValue()).as("who left last").isEqualTo("bob");
        JsonNode past = requests.get("/api/rooms/" + room + "/calls?after=" + (event.get("offset").longValue() - 1)).json(200).get("calls");
        assertThat(past.valueStream()).containsExactly(event, ended);
        assertThat(requests.get("/api/rooms/" + room + "/calls?after=" + ended.get("offset")).json(200).get("calls")).isEmpty();
        JsonNode now = carol.subscribes(room);
        assertThat(now.has("call")).isFalse();
        assertThat(now.get("unread").longValue()).as("calls are no messages").isZero();
        join(bob);
        assertThat(carol.receives(Expected.ofType("call.started")).get("call")).isNotEqualTo(started.get("call"));
    }

    @Test
    void aSignalReachesOnlyThatPersonInTheCall() {
        String secret = "candidate 192.0.2." + System.nanoTime();
        JsonNode first = join(alice);
        join(bob);
        try (ChatClient otherPage = ChatClient.of("bob")) {
            otherPage.subscribes(room);
            Map<String, Object> data = new HashMap<>(Map.of("sdp", secret + "\r\n"));
            data.put("candidate", null);
            signal(alice, "bob", data).ok();
            JsonNode got = bob.receives(Expected.ofType("signal"));
            assertThat(got.get("data")).isEqualTo(Json.read(Json.text(data)));
            assertThat(got.at("/by/id").stringValue()).isEqualTo("alice");
            assertThat(got.get("participant")).isEqualTo(first.get("participant"));
            assertThat(signals(otherPage.receivedSoFar())).as("a page outside of the call").isEmpty();
            assertThat(signals(carol.receivedSoFar())).isEmpty();
            assertThat(signals(alice.receivedSoFar())).isEmpty();
        }
        IntStream.range(0, 50).forEach(n ->
                bob.sendsText(Json.text(Map.of("type", "signal", "room", room, "to", "alice", "data", "" + n))));
        IntStream.range(0, 50).forEach(n ->
                assertThat(alice.receives(Expected.ofType("signal")).get("data").stringValue()).isEqualTo("" + n));
        assertThat(Server.log()).doesNotContain(secret);
    }

    @Test
    void twoDevicesOfAPersonAreTwoParticipants() {
        join(alice);
        String one = participant(join(bob));
        try (ChatClient second = ChatClient.of("bob")) {
            String two = participant(ask(second, "call.join").ok());
            assertThat(two).isNotEqualTo(one);
            alice.receivesUpTo(peopleAre("alice", "bob", "bob"));
            alice.asks("signal", Map.of("room", room, "to", "bob", "participant", two, "data", "for the second")).ok();
            second.receives(Expected.ofType("signal"));
            assertThat(signals(bob.receivedSoFar())).isEmpty();
            signal(bob, "bob", "from the first").ok();
            assertThat(second.receives(Expected.ofType("signal")).get("participant").stringValue()).isEqualTo(one);
            assertThat(signals(bob.receivedSoFar())).as("no echo").isEmpty();
            ask(second, "call.leave").ok();
            alice.receivesUpTo(peopleAre("alice", "bob"));
        }
    }

    @Test
    void aCallHasSoManyParticipants() {
        join(alice);
        try (ChatClient second = ChatClient.of("bob"); ChatClient third = ChatClient.of("bob")) {
            for (ChatClient one : List.of(bob, second, third)) {
                join(one);
            }
            assertThat(ask(carol, "call.join").refusal()).isEqualTo("conflict");
            String again = participant(ask(third, "call.join").ok());
            assertThat(people(continues(third, again).ok())).as("replaces its own").hasSize(MOST_PEOPLE);
            ask(second, "call.leave").ok();
            ask(carol, "call.join").ok();
        }
    }

    private enum Ending { MUTE, BAN, REMOVAL, GUEST, LEAVING }

    @ParameterizedTest
    @EnumSource
    void whoLosesTheRightIsOutAtOnce(Ending ending) {
        join(alice);
        JsonNode joined = join(bob);
        alice.receivesUpTo(peopleAre("alice", "bob"));
        bob.received();
        switch (ending) {
            case MUTE -> requests.mutes(room, "bob", Instant.now().plusSeconds(60));
            case BAN -> requests.bans(room, "bob");
            case REMOVAL -> requests.removes(room, "bob");
            case GUEST -> requests.setsRole(room, "bob", "guest");
            case LEAVING -> ask(bob, "room.leave").ok();
        }
        Instant since = Instant.now();
        JsonNode left = bob.receives(Expected.ofType("call.left"));
        assertThat(left.get("code").stringValue()).isEqualTo("forbidden");
        assertThat(left.get("rejoin").booleanValue()).isFalse();
        assertThat(left.get("participant")).isEqualTo(joined.get("participant"));
        alice.receivesUpTo(peopleAre("alice"));
        assertThat(Duration.between(since, Instant.now())).isLessThan(AT_ONCE);
        assertThat(signal(bob, "alice", "offer").refusal()).isIn("forbidden", "not_found");
        assertThat(signal(alice, "bob", "offer").refusal()).isEqualTo("conflict");
        assertThat(signals(bob.receivedSoFar())).isEmpty();
        ask(alice, "call.leave").ok();
        carol.receives(Expected.ofType("call.ended"));
    }

    @Test
    void aLostConnectionContinuesAndAReloadReplaces() {
        join(alice);
        String before = participant(join(bob));
        bob.disconnectsAbruptly();
        alice.receivesUpTo(peopleAre("alice", "bob is lost"));
        signal(alice, "bob", "lost").ok();
        try (ChatClient back = ChatClient.of("bob")) {
            JsonNode again = continues(back, before).ok();
            assertThat(participant(again)).isEqualTo(before);
            alice.receivesUpTo(peopleAre("alice", "bob"));
            signal(alice, "bob", "offer").ok();
            assertThat(back.receives(Expected.ofType("signal")).get("data").stringValue()).isEqualTo("offer");
            try (ChatClient taking = ChatClient.of("bob")) {
                assertThat(participant(continues(taking, before).ok())).isEqualTo(before);
                JsonNode left = back.receives(Expected.ofType("call.left"));
                assertThat(left.get("code").stringValue()).isEqualTo("conflict");
                assertThat(left.get("rejoin").booleanValue()).isFalse();
                assertThat(signal(back, "alice", "offer").refusal()).isEqualTo("conflict");
            }
        }
        alice.receivesUpTo(peopleAre("alice", "bob is lost"));
        try (ChatClient reloaded = ChatClient.of("bob")) {
            JsonNode another = ask(reloaded, "call.join").ok();
            assertThat(participant(another)).isNotEqualTo(before);
            assertThat(people(another)).containsExactly("alice", "bob");
            assertThat(continues(carol, before).ok().get("participant").stringValue()).as("of another person").isNotEqualTo(before);
        }
    }

    @Test
    void whoDoesNotComeBackLeavesAndAnEmptyCallEnds() {
        try (ChatClient second = ChatClient.of("alice"); ChatClient third = ChatClient.of("bob")) {
            join(second);
            join(third);
            third.disconnectsAbruptly();
            second.disconnectsAbruptly();
        }
        JsonNode ended = carol.receives(Expected.ofType("call.ended"));
        assertThat(people(ended)).containsExactly("alice", "bob");
        assertThat(ended.get("seconds").longValue()).as("until the connections were lost").isLessThan(4);
        assertThat(carol.receivedSoFar()).as("a second end").noneMatch(event -> isA(event, "call.ended"));
    }

    @Test
    void aStartedCallNotifiesTheOthers() {
        try (ChatClient elsewhere = ChatClient.of("carol")) {
            elsewhere.asks("watch", Map.of()).ok();
            join(alice);
            JsonNode notified = elsewhere.receives(new Expected("notified of the call", event -> isA(event, "notified")
                    && event.get("room").stringValue().equals(room)));
            assertThat(notified.get("why").stringValue()).isEqualTo("call");
            assertThat(notified.has("offset")).isFalse();
            assertThat(notified.at("/by/id").stringValue()).isEqualTo("alice");
        }
    }

    @Test
    void theTurnServersCredentialsNeedAToken() {
        assertThat(Http.anonymous().get("/api/turn").status()).isEqualTo(401);
        HttpAnswer answer = requests.get("/api/turn");
        JsonNode turn = answer.json(200);
        assertThat(turn.get("urls").valueStream().map(JsonNode::stringValue)).containsExactly("turn:turn.example:3478",
                "turns:turn.example:5349?transport=tcp");
        assertThat(turn.get("username").stringValue())
                .isEqualTo(Instant.parse(turn.get("expires").stringValue()).getEpochSecond() + ":alice");
        assertThat(turn.get("credential").stringValue()).matches("[A-Za-z0-9+/]{27}=");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    /** Debian's coturn, configured by the script for administrators. */
    @Test
    void coturnAcceptsTheCredentialsAndRelaysToNoPrivateAddress(@TempDir Path folder) throws Exception {
        try (Coturn coturn = Coturn.start(folder)) {
            int port = coturn.port();
            JsonNode turn = requests.get("/api/turn").json(200);
            String username = turn.get("username").stringValue();
            String credential = turn.get("credential").stringValue();
            try (TurnClient another = new TurnClient(port, username + "x", credential)) {
                assertThat(another.allocates()).as("another name").isEqualTo(401);
            }
            try (TurnClient expired = new TurnClient(port, "1500000000:alice", Coturn.password("1500000000:alice"))) {
                assertThat(expired.allocates()).as("an expired name").isEqualTo(401);
            }
            try (TurnClient client = new TurnClient(port, username, credential)) {
                assertThat(client.allocates()).isZero();
                assertThat(client.permits("8.8.8.8")).isZero();
                for (String address : List.of("10.0.0.1", "127.0.0.2", "169.254.169.254", "172.31.0.1", "192.168.1.1", "100.64.0.1")) {
                    assertThat(client.permits(address)).as(address).isEqualTo(403);
                }
            }
        }
    }
}
