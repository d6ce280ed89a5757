package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InstanceDirectoryTest {

    private final UUID two = UUID.randomUUID();
    private final InstanceDirectory directory = new InstanceDirectory();

    @Test
    void knowsNoPresenceOfANewInstance() {
        assertThat(directory.isEmpty()).isTrue();
        directory.add(two, "two");
        assertThat(directory.isEmpty()).isFalse();
        assertThat(directory.isAt(two, 0)).as("a snapshot is needed").isFalse();
        assertThat(directory.advance(two, 1)).isFalse();
    }

    @Test
    void appliesASnapshotWhenItIsComplete() {
        directory.add(two, "two");
        assertThat(directory.addPart(two, new Packet.Snapshot(5, 2, 2, Map.of("plaza", List.of("bob"))))).isEmpty();
        assertThat(directory.addPart(two, new Packet.Snapshot(5, 1, 2, Map.of("cellar", List.of("alice"))))).contains(
                Map.of("plaza", List.of("bob"), "cellar", List.of("alice")));
        assertThat(directory.isAt(two, 5)).isTrue();
    }

    @Test
    void doesNotMixPartsOfDifferentSnapshots() {
        directory.add(two, "two");
        directory.addPart(two, new Packet.Snapshot(5, 1, 2, Map.of("plaza", List.of("bob"))));
        assertThat(directory.addPart(two, new Packet.Snapshot(6, 2, 2, Map.of("plaza", List.of("alice"))))).isEmpty();
    }

    @Test
    void ignoresASnapshotThatIsOlder() {
        directory.add(two, "two");
        directory.addPart(two, new Packet.Snapshot(5, 1, 1, Map.of()));
        assertThat(directory.advance(two, 6)).isTrue();
        assertThat(directory.addPart(two, new Packet.Snapshot(5, 1, 1, Map.of("plaza", List.of("bob"))))).isEmpty();
        assertThat(directory.addPart(two, new Packet.Snapshot(6, 1, 1, Map.of("plaza", List.of("bob"))))).isPresent();
    }

    @Test
    void noticesAMissingPacket() {
        directory.add(two, "two");
        directory.addPart(two, new Packet.Snapshot(5, 1, 1, Map.of()));
        assertThat(directory.advance(two, 7)).isFalse();
        assertThat(directory.isAt(two, 7)).isFalse();
    }

    @Test
    void forgetsARemovedInstance() {
        directory.add(two, "two");
        assertThat(directory.remove(two)).contains("two");
        assertThat(directory.remove(two)).isEmpty();
        assertThat(directory.isEmpty()).isTrue();
    }
}
