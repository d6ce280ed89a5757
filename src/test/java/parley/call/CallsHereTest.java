package parley.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.hub.AClient;
import parley.hub.Connection;
import parley.protocol.User;

/** What an instance knows of calls, and whom it tells. */
class CallsHereTest {

    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
    private static final User ALICE = new User("alice", "alice");

    private final List<String> told = new ArrayList<>();
    private final CallsHere calls = new CallsHere((state, connections) ->
            told.add(state.call() + " " + state.shown().stream().map(one -> one.id() + (one.lost() ? "?" : "")).toList()
                    + " to " + connections.stream().map(Connection::session).sorted().toList()));
    private final Connection alice = new AClient("alice").connection();
    private final Connection bob = new AClient("bob").connection();

    // Each participant has the id "p" and its person, and the connection of that person.
    private static CallState state(String call, long version, String... people) {
        Instant start = call.equals("later") ? START.plusSeconds(1) : START;
        return new CallState(call, "plaza", ALICE, start, version, false,
                List.of(people).stream().map(CallsHereTest::participant).toList());
    }

    private static CallState.Participant participant(String written) {
        String person = written.replace("?", "");
        return new CallState.Participant("p" + person, new User(person, person), "node", person, written.endsWith("?"));
    }

    @Test
    void ignoresAnOlderState() {
        calls.put(state("c", 2, "alice", "bob"));
        assertThat(calls.put(state("c", 1, "alice"))).isEmpty();
        assertThat(calls.put(state("c", 2, "alice", "bob"))).isEmpty();
        calls.put(state("later", 1, "bob"));
        calls.put(state("c", 9, "alice"));
        assertThat(told).containsExactly("c [palice, pbob] to []", "later [pbob] to []");
    }

    @Test
    void tellsOnlyChanges() {
        calls.put(state("c", 1));
        calls.put(state("c", 2, "alice"));
        calls.put(state("c", 3, "alice"));
        calls.put(state("c", 4, "alice?"));
        assertThat(told).containsExactly("c [palice] to []", "c [palice?] to []");
    }

    @Test
    void whoJoinsIsToldToo() {
        calls.join(state("c", 1, "alice"), "palice", alice);
        calls.join(state("c", 2, "alice", "bob"), "pbob", bob);
        assertThat(told).containsExactly("c [palice] to [alice]", "c [palice, pbob] to [alice, bob]");
        assertThat(calls.of("plaza", bob).orElseThrow()).isEqualTo(new CallsHere.Here("plaza", "c", "pbob", bob));
        assertThat(calls.participants()).isEqualTo(2);
        assertThat(calls.calls()).isEqualTo(1);
    }

    @Test
    void aParticipantWithoutARowIsGone() {
        calls.join(state("c", 1, "alice"), "palice", alice);
        calls.join(state("c", 2, "alice", "bob"), "pbob", bob);
        assertThat(calls.put(state("c", 3, "bob"))).containsExactly(new CallsHere.Here("plaza", "c", "palice", alice));
        assertThat(calls.of("plaza", alice)).isEmpty();
        assertThat(told).last().isEqualTo("c [pbob] to [bob]");
    }

    @Test
    void aParticipantThatAnotherConnectionContinuesIsGoneHere() {
        calls.join(state("c", 1, "alice"), "palice", alice);
        CallState moved = new CallState("c", "plaza", ALICE, START, 2, false,
                List.of(new CallState.Participant("palice", ALICE, "other", "another", false)));
        assertThat(calls.put(moved)).hasSize(1);
        assertThat(calls.in("plaza")).isEmpty();
        assertThat(told).as("the people are the same").hasSize(1);
    }

    @Test
    void aParticipantThatAnotherConnectionHereContinuesIsGone() {
        calls.join(state("c", 1, "alice"), "palice", alice);
        Connection second = new AClient("second").connection();
        CallState moved = new CallState("c", "plaza", ALICE, START, 2, false,
                List.of(new CallState.Participant("palice", ALICE, "node", "second", false)));
        assertThat(calls.join(moved, "palice", second)).containsExactly(new CallsHere.Here("plaza", "c", "palice", alice));
        assertThat(calls.in("plaza")).extracting(CallsHere.Here::connection).containsExactly(second);
    }

    @Test
    void whoJoinsLaterThanAStateWithoutThemIsGone() {
        calls.put(state("c", 3, "bob"));
        assertThat(calls.join(state("c", 2, "alice", "bob"), "palice", alice)).hasSize(1);
        assertThat(calls.in("plaza")).isEmpty();
    }

    @Test
    void aConnectionHasOneParticipantInACall() {
        calls.join(state("c", 1, "alice"), "palice", alice);
        CallState again = new CallState("c", "plaza", ALICE, START, 2, false,
                List.of(new CallState.Participant("pother", ALICE, "node", "alice", false)));
        assertThat(calls.join(again, "pother", alice)).isEmpty();
        assertThat(calls.in("plaza")).extracting(CallsHere.Here::id).containsExactly("pother");
    }

    @Test
    void theEndOfACallDoesNotEndTheNextOne() {
        calls.put(state("c", 1, "bob"));
        assertThat(calls.ids(List.of("plaza", "cellar"))).containsExactly(Map.entry("plaza", "c"));
        calls.join(state("later", 1, "alice"), "palice", alice);
        assertThat(calls.end("plaza", "c")).isEmpty();
        assertThat(calls.of("plaza", alice)).isPresent();
        assertThat(calls.end("plaza", "later")).containsExactly(new CallsHere.Here("plaza", "later", "palice", alice));
        assertThat(calls.end("plaza", "later")).isEmpty();
    }

    @Test
    void forgetsWhatMattersToNobody() {
        calls.join(state("c", 1, "alice"), "palice", alice);
        calls.keep(room -> false);
        assertThat(calls.rooms()).containsExactly("plaza");
        assertThat(calls.remove(alice)).hasSize(1);
        calls.keep(room -> true);
        assertThat(calls.state("plaza")).isPresent();
        calls.keep(room -> false);
        assertThat(calls.state("plaza")).isEmpty();
        assertThat(calls.end("plaza")).isEmpty();
    }
}
