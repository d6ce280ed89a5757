package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InstanceDirectoryTest {

    private final UUID two = UUID.randomUUID();
    private final InstanceDirectory nodes = new InstanceDirectory();

    @Test
    void ofANewNodeNothingIsKnown() {
        assertThat(nodes.isAlone()).isTrue();
        nodes.came(two, "two");
        assertThat(nodes.isAlone()).isFalse();
        assertThat(nodes.isAt(two, 0)).as("its presence is to be asked for").isFalse();
        assertThat(nodes.follows(two, 1)).isFalse();
    }

    @Test
    void aSnapshotIsTakenWhenItIsWhole() {
        nodes.came(two, "two");
        assertThat(nodes.add(two, new Packet.Snapshot(5, 2, 2, Map.of("plaza", List.of("bob"))))).isEmpty();
        assertThat(nodes.add(two, new Packet.Snapshot(5, 1, 2, Map.of("cellar", List.of("alice"))))).contains(
                Map.of("plaza", List.of("bob"), "cellar", List.of("alice")));
        assertThat(nodes.isAt(two, 5)).isTrue();
    }

    @Test
    void partsOfDifferentSnapshotsDoNotMix() {
        nodes.came(two, "two");
        nodes.add(two, new Packet.Snapshot(5, 1, 2, Map.of("plaza", List.of("bob"))));
        assertThat(nodes.add(two, new Packet.Snapshot(6, 2, 2, Map.of("plaza", List.of("alice"))))).isEmpty();
    }

    @Test
    void aSnapshotForAnotherNodeThatBringsNothingNewIsLeftOut() {
        nodes.came(two, "two");
        nodes.add(two, new Packet.Snapshot(5, 1, 1, Map.of()));
        assertThat(nodes.follows(two, 6)).isTrue();
        assertThat(nodes.add(two, new Packet.Snapshot(6, 1, 1, Map.of("plaza", List.of("bob"))))).isEmpty();
    }

    @Test
    void aPacketThatIsMissingShows() {
        nodes.came(two, "two");
        nodes.add(two, new Packet.Snapshot(5, 1, 1, Map.of()));
        assertThat(nodes.follows(two, 7)).isFalse();
        assertThat(nodes.isAt(two, 7)).isFalse();
    }

    @Test
    void oneThatWentIsKnownNoLonger() {
        nodes.came(two, "two");
        assertThat(nodes.left(two)).contains("two");
        assertThat(nodes.left(two)).isEmpty();
        assertThat(nodes.isAlone()).isTrue();
    }
}
