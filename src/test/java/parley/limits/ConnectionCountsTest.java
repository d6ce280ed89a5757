package parley.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionCountsTest {

    private final ConnectionCounts connectionCounts = new ConnectionCounts(10);

    @Test
    void oneTooManyMayNotStay() {
        enter(9);
        assertThat(connectionCounts.isFull("alice")).isFalse();
        assertThat(connectionCounts.enters("alice")).isTrue();
        assertThat(connectionCounts.isFull("alice")).isTrue();
        assertThat(connectionCounts.enters("alice")).isFalse();
        assertThat(connectionCounts.isFull("bob")).isFalse();
    }

    @Test
    void whoLeavesMakesRoom() {
        enter(10);
        connectionCounts.leaves("alice");
        assertThat(connectionCounts.isFull("alice")).isFalse();
    }

    @Test
    void thoseAtOtherNodesCountUntilTheyOrTheirNodeGo() {
        enter(4);
        connectionCounts.elsewhere("two", Map.of("alice", 4L));
        connectionCounts.elsewhere("three", Map.of("alice", 2L));
        assertThat(connectionCounts.isFull("alice")).isTrue();
        connectionCounts.elsewhere("two", Map.of("alice", 0L));
        assertThat(connectionCounts.isFull("alice")).isFalse();
        connectionCounts.elsewhere("two", Map.of("alice", 4L));
        connectionCounts.gone("three");
        assertThat(connectionCounts.isFull("alice")).isFalse();
    }

    @Test
    void tellsOfThoseWhoHaveMoreThanOneAndWhenTheyNoLongerDo() {
        enter(1);
        assertThat(connectionCounts.open()).isEmpty();
        enter(2);
        assertThat(connectionCounts.open()).isEqualTo(Map.of("alice", 3L));
        assertThat(connectionCounts.open()).isEmpty();
        connectionCounts.leaves("alice");
        connectionCounts.leaves("alice");
        assertThat(connectionCounts.open()).isEqualTo(Map.of("alice", 0L));
        assertThat(connectionCounts.open()).isEmpty();
    }

    private void enter(int connections) {
        for (int i = 0; i < connections; i++) {
            connectionCounts.enters("alice");
        }
    }
}
