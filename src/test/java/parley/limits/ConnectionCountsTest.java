package parley.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OccupancyTest {

    private final ConnectionCounts occupancy = new ConnectionCounts(10);

    @Test
    void oneTooManyMayNotStay() {
        enter(9);
        assertThat(occupancy.isFull("alice")).isFalse();
        assertThat(occupancy.enters("alice")).isTrue();
        assertThat(occupancy.isFull("alice")).isTrue();
        assertThat(occupancy.enters("alice")).isFalse();
        assertThat(occupancy.isFull("bob")).isFalse();
    }

    @Test
    void whoLeavesMakesRoom() {
        enter(10);
        occupancy.leaves("alice");
        assertThat(occupancy.isFull("alice")).isFalse();
    }

    @Test
    void thoseAtOtherNodesCountUntilTheyOrTheirNodeGo() {
        enter(4);
        occupancy.elsewhere("two", Map.of("alice", 4L));
        occupancy.elsewhere("three", Map.of("alice", 2L));
        assertThat(occupancy.isFull("alice")).isTrue();
        occupancy.elsewhere("two", Map.of("alice", 0L));
        assertThat(occupancy.isFull("alice")).isFalse();
        occupancy.elsewhere("two", Map.of("alice", 4L));
        occupancy.gone("three");
        assertThat(occupancy.isFull("alice")).isFalse();
    }

    @Test
    void tellsOfThoseWhoHaveMoreThanOneAndWhenTheyNoLongerDo() {
        enter(1);
        assertThat(occupancy.open()).isEmpty();
        enter(2);
        assertThat(occupancy.open()).isEqualTo(Map.of("alice", 3L));
        assertThat(occupancy.open()).isEmpty();
        occupancy.leaves("alice");
        occupancy.leaves("alice");
        assertThat(occupancy.open()).isEqualTo(Map.of("alice", 0L));
        assertThat(occupancy.open()).isEmpty();
    }

    private void enter(int connections) {
        for (int i = 0; i < connections; i++) {
            occupancy.enters("alice");
        }
    }
}
