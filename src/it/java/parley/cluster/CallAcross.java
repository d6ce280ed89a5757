package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import parley.kit.ChatClient;
import parley.kit.Expected;
import tools.jackson.databind.JsonNode;

/** A call of alice and carol on one instance, which is killed, and of bob on another. */
final class CallAcross implements AutoCloseable {

    private final String room;
    private final ChatClient alice;
    private final ChatClient carol;
    private final ChatClient bob;
    private String participant;

    CallAcross(String room, ChatClient alice, ChatClient carol, ChatClient bob) {
        this.room = room;
        this.alice = alice;
        this.carol = carol;
        this.bob = bob;
    }

    /** Everyone joins, and signals reach the other instance in both directions. */
    void begins() {
        participant = ask(alice, "call.start").get("participant").stringValue();
        ask(carol, "call.join");
        bob.receives(peopleAre("alice", "carol"));
        assertThat(people(ask(bob, "call.join"))).containsExactly("alice", "carol", "bob");
        signal(bob, "alice");
        assertThat(alice.receives(Expected.ofType("signal")).at("/by/id").stringValue()).isEqualTo("bob");
        signal(alice, "bob");
        assertThat(bob.receives(Expected.ofType("signal")).at("/by/id").stringValue()).isEqualTo("alice");
        assertThat(carol.receivedSoFar()).noneMatch(event -> isA(event, "signal"));
    }

    /** The instance of alice and carol was killed. Alice continues, carol does not, and everyone leaves. */
    void goesOn(ChatClient back) {
        JsonNode joined = back.asks("call.join", Map.of("room", room, "participant", participant)).ok();
        assertThat(joined.get("participant").stringValue()).isEqualTo(participant);
        bob.receives(peopleAre("alice", "bob"));
        signal(bob, "alice");
        assertThat(back.receives(Expected.ofType("signal")).at("/by/id").stringValue()).isEqualTo("bob");
        ask(back, "call.leave");
        ask(bob, "call.leave");
        List<JsonNode> events = bob.receivesUpTo(Expected.ofType("call.ended"));
        assertThat(events).noneMatch(event -> isA(event, "call.left"));
        assertThat(people(events.getLast())).containsExactly("alice", "carol", "bob");
        assertThat(bob.receivedSoFar()).as("a second end").noneMatch(event -> isA(event, "call.ended"));
    }

    private JsonNode ask(ChatClient who, String type) {
        return who.asks(type, Map.of("room", room)).ok();
    }

    private void signal(ChatClient who, String to) {
        who.asks("signal", Map.of("room", room, "to", to, "data", "offer")).ok();
    }

    private static Expected peopleAre(String... people) {
        return new Expected("call.people with " + Arrays.toString(people), event -> isA(event, "call.people")
                && people(event).equals(List.of(people)));
    }

    private static List<String> people(JsonNode call) {
        return call.get("people").valueStream().map(one -> one.get("id").stringValue()).toList();
    }

    private static boolean isA(JsonNode event, String type) {
        return event.path("type").stringValue("").equals(type);
    }

    @Override
    public void close() {
        carol.close();
        bob.close();
    }
}
