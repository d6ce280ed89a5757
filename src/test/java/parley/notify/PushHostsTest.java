package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PushHostsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final PushHosts hosts = new PushHosts();

    private List<String> chosen(List<String> waiting, int most, Instant now) {
        return hosts.openings(now).choose(waiting, Function.identity(), most);
    }

    @Test
    void aHostWithManyPushesLeavesPlacesToOthers() {
        List<String> waiting = Stream.concat(Collections.nCopies(1_000, "slow").stream(), Stream.of("other")).toList();
        assertThat(chosen(waiting, 100, NOW)).hasSize(PushHosts.MOST_AT_ONCE + 1).endsWith("other");
        assertThat(chosen(waiting, 3, NOW)).containsExactly("slow", "slow", "slow");
    }

    @Test
    void aFullHostIsClosedUntilAPushEnds() {
        IntStream.range(0, PushHosts.MOST_AT_ONCE - 1).forEach(i -> hosts.begin("slow"));
        assertThat(hosts.openings(NOW).closed()).isEmpty();
        assertThat(chosen(List.of("slow", "slow", "other"), 9, NOW)).containsExactly("slow", "other");
        hosts.begin("slow");
        assertThat(hosts.openings(NOW).closed()).containsExactly("slow");
        hosts.end("slow", true, NOW);
        assertThat(hosts.openings(NOW).closed()).isEmpty();
    }

    @Test
    void nothingIsRememberedOfAHostThatWorks() {
        hosts.begin("works");
        hosts.end("works", true, NOW);
        assertThat(hosts.openings(NOW)).isEqualTo(new PushHosts.Openings(Set.of(), Map.of()));
    }

    @Test
    void aHostThatCannotBeReachedRestsLongerEachTime() {
        Instant now = NOW;
        for (Duration rest : List.of(PushHosts.FIRST_REST, PushHosts.FIRST_REST.multipliedBy(2), PushHosts.FIRST_REST.multipliedBy(4))) {
            // All that were in progress fail: that is one failure.
            fails(now);
            fails(now);
            assertThat(hosts.openings(now.plus(rest).minusMillis(1)).closed()).containsExactly("down");
            assertThat(chosen(List.of("down", "other"), 9, now)).containsExactly("other");
            now = now.plus(rest);
            assertThat(hosts.openings(now).closed()).isEmpty();
        }
        hosts.begin("down");
        hosts.end("down", true, now);
        fails(now);
        assertThat(hosts.openings(now.plus(PushHosts.FIRST_REST)).closed()).as("as after the first failure").isEmpty();
    }

    private void fails(Instant now) {
        hosts.begin("down");
        hosts.end("down", false, now);
    }

    @Test
    void restIsBounded() {
        Instant now = NOW;
        for (int i = 0; i < 20; i++) {
            fails(now);
            now = now.plus(PushHosts.LONGEST_REST);
        }
        fails(now);
        assertThat(hosts.openings(now.plus(PushHosts.LONGEST_REST)).closed()).isEmpty();
    }

    @Test
    void oneHostTooManyDoesNotRest() {
        IntStream.rangeClosed(1, PushHosts.MOST_RESTING + 1).forEach(i -> hosts.end("host-" + i, false, NOW));
        assertThat(hosts.openings(NOW).closed()).hasSize(PushHosts.MOST_RESTING).doesNotContain("host-" + (PushHosts.MOST_RESTING + 1));
    }
}
