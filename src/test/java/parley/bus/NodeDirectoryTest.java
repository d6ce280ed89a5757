package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeDirectoryTest {

    private final NodeDirectory nodes = new NodeDirectory();

    @Test
    void ofANewNodeNothingIsKnown() {
        assertThat(nodes.isAlone()).isTrue();
        assertThat(nodes.heard("two")).isTrue();
        assertThat(nodes.heard("two")).isFalse();
        assertThat(nodes.isAlone()).isFalse();
        assertThat(nodes.isAt("two", 0)).as("its presence is to be asked for").isFalse();
        assertThat(nodes.follows("two", 1)).isFalse();
    }

    @Test
    void aSnapshotIsTakenWhenItIsWhole() {
        nodes.heard("two");
        assertThat(nodes.add("two", new Packet.Snapshot(5, 2, 2, Map.of("plaza", List.of("bob"))))).isEmpty();
        assertThat(nodes.add("two", new Packet.Snapshot(5, 1, 2, Map.of("cellar", List.of("alice"))))).contains(
                Map.of("plaza", List.of("bob"), "cellar", List.of("alice")));
        assertThat(nodes.isAt("two", 5)).isTrue();
    }

    @Test
    void partsOfDifferentSnapshotsDoNotMix() {
        nodes.heard("two");
        nodes.add("two", new Packet.Snapshot(5, 1, 2, Map.of("plaza", List.of("bob"))));
        assertThat(nodes.add("two", new Packet.Snapshot(6, 2, 2, Map.of("plaza", List.of("alice"))))).isEmpty();
    }

    @Test
    void aSnapshotForAnotherNodeThatBringsNothingNewIsLeftOut() {
        nodes.heard("two");
        nodes.add("two", new Packet.Snapshot(5, 1, 1, Map.of()));
        assertThat(nodes.follows("two", 6)).isTrue();
        assertThat(nodes.add("two", new Packet.Snapshot(6, 1, 1, Map.of("plaza", List.of("bob"))))).isEmpty();
    }

    @Test
    void aPacketThatIsMissingShows() {
        nodes.heard("two");
        nodes.add("two", new Packet.Snapshot(5, 1, 1, Map.of()));
        assertThat(nodes.follows("two", 7)).isFalse();
        assertThat(nodes.isAt("two", 7)).isFalse();
    }
}
