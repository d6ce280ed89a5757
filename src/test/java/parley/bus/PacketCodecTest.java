package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.journal.LoggedFrame;
import parley.limits.Limit;
import parley.limits.Share;
import parley.protocol.Frame;

class PacketCodecTest {

    @Test
    void whatIsNoPacketIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PacketCodec.read("hello\tworld\n"));
    }

    @Test
    void everyKindOfPacketComesBackAsItWent() {
        List<Packet> packets = List.of(
                new Packet.Grown("plaza", "e1", List.of(new LoggedFrame(7, new Frame("{\"text\":\"\\t\u2028ä\"}")), new LoggedFrame(8, new Frame("{}")))),
                new Packet.Said("plaza", "{\"type\":\"typing\"}"),
                new Packet.Alive(42),
                new Packet.Asking("two/1"),
                new Packet.Presence(43, "plaza", List.of("alice", "bob"), List.of()),
                new Packet.Presence(44, "plaza", List.of(), List.of("alice with a space")),
                new Packet.Snapshot(44, 1, 2, Map.of("plaza", List.of("bob"))),
                new Packet.Snapshot(44, 2, 2, Map.of()),
                new Packet.Used(new Share(Limit.COMMANDS, Map.of("alice with a space", 3_000L))),
                new Packet.Used(new Share(Limit.ADDRESS_CONNECTIONS, Map.of("2001:db8::/64", 0L))),
                new Packet.Leaving());
        assertThat(PacketCodec.read(PacketCodec.write(packets))).isEqualTo(packets);
    }
}
