package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.call.SignalSent;
import parley.journal.LoggedFrame;
import parley.journal.LoggedUpdate;
import parley.limits.Limit;
import parley.limits.Usage;
import parley.protocol.Event;
import parley.protocol.Frame;
import parley.protocol.User;
import parley.watch.PersonTold;

class PacketsTest {

    private static final List<Packet> ALL = List.of(
            new Packet.Appended("plaza", "e1",
                    List.of(new LoggedFrame(7, new Frame("{\"text\":\"\\t\u2028ä\"}")), new LoggedFrame(8, new Frame("{}")))),
            new Packet.Typing(new Event.Typing("plaza", new User("bob", "Bob"), true)),
            new Packet.Typing(new Event.Typing("plaza", new User("alice", "bob"), false)),
            new Packet.Heartbeat(42),
            new Packet.Challenge(new UUID(1, 2), new UUID(3, 4)),
            new Packet.Response(new UUID(5, 6), new UUID(7, 8)),
            new Packet.SnapshotRequest(new UUID(9, 10)),
            new Packet.Presence(43, "plaza", List.of("alice", "bob"), List.of()),
            new Packet.Presence(44, "plaza", List.of(), List.of("alice\tbob\nleaving\n")),
            new Packet.Snapshot(44, 1, 2, Map.of("plaza", List.of("bob"))),
            new Packet.Snapshot(44, 2, 2, Map.of()),
            new Packet.PresenceRequest(Packet.PresenceRequest.ALL, 7, List.of("plaza", "cellar")),
            new Packet.PresenceAnswer(new UUID(11, 12), 7, true, false, Map.of("plaza", List.of("alice", "bob\n"))),
            new Packet.PresenceAnswer(new UUID(11, 12), 7, false, true, Map.of("cellar", List.of())),
            new Packet.QuotaUse(new Usage(Limit.COMMANDS, Map.of("alice\nwith a line break", 3_000L))),
            new Packet.QuotaUse(new Usage(Limit.ADDRESS_CONNECTIONS, Map.of("2001:db8::/64", 0L))),
            new Packet.Read("plaza", new User("bob", "Bob"), 7, true),
            new Packet.Told(List.of(new PersonTold("alice", new Frame("{\"type\":\"notified\"}")),
                    new PersonTold("bob\n", new Frame("{}")))),
            new Packet.Told(List.of()),
            new Packet.Updated(List.of(new LoggedUpdate("plaza", "d", 7, new Frame("{\"update\":\"AQE=\"}")),
                    new LoggedUpdate("plaza", "d", 8, new Frame("{}")))),
            new Packet.Aware(new Event.DocumentAware("plaza", "d", "data\n", new User("bob", "Bob"))),
            new Packet.CallMoved("plaza"),
            new Packet.Signal(new SignalSent(new Event.Signal("plaza", "c", new User("bob", "Bob"), "p", "{\"candidate\":null}"), "alice",
                    "q")),
            new Packet.Leaving());

    @Test
    void aMentionOfEveryoneTakesFewPacketsOfABoundedSize() {
        Frame frame = new Frame("{\"type\":\"notified\",\"text\":\"" + "x".repeat(300) + "\"}");
        List<PersonTold> everyone = IntStream.range(0, 10_000).mapToObj(i -> new PersonTold("person-" + i, frame)).toList();
        List<Packet.Told> packets = Packet.Told.packets(everyone);
        assertThat(packets).hasSizeLessThan(30);
        assertThat(packets.stream().flatMap(packet -> packet.told().stream())).containsExactlyElementsOf(everyone);
        assertThat(packets).allSatisfy(packet -> assertThat(PacketWriter.write(packet)).hasSizeLessThan(BusMessageBuilder.FULL_BYTES));
        assertThat(Packet.Told.packets(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "\0\0\0\u0001a\u0063", "\0\0\0\u0001\n", "\0\0\0\u0001a\u007f"})
    void refusesContentThatIsNotAMessage(String content) {
        refuses(content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void refusesATruncatedMessage() {
        for (Packet packet : ALL) {
            byte[] complete = message(List.of(packet));
            for (int length = message(List.of()).length + 1; length < complete.length; length++) {
                refuses(Arrays.copyOf(complete, length));
            }
        }
    }

    @Test
    void throwsNothingElseForRandomChanges() {
        Random random = new Random(11);
        byte[] complete = message(ALL);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = complete.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                PacketReader.read(ByteBuffer.wrap(changed));
            } catch (IllegalArgumentException refused) {
                continue;
            }
        }
    }

    @Test
    void refusesOnePacketTooMany() {
        byte[] largest = message(Collections.nCopies(PacketReader.MAX_PACKETS, new Packet.Heartbeat(1)));
        assertThat(PacketReader.read(ByteBuffer.wrap(largest)).packets()).hasSize(PacketReader.MAX_PACKETS);
        refuses(message(Collections.nCopies(PacketReader.MAX_PACKETS + 1, new Packet.Heartbeat(1))));
    }

    @Test
    void refusesNegativeQuotaUse() {
        byte[] message = message(List.of(new Packet.QuotaUse(new Usage(Limit.COMMANDS, Map.of("bob", Long.MAX_VALUE)))));
        message[message.length - 8] |= (byte) 0x80;
        refuses(message);
    }

    @Test
    void roundTripsEveryKindOfPacket() {
        assertThat(PacketReader.read(ByteBuffer.wrap(message(ALL)))).isEqualTo(new BusMessage("one", ALL));
    }

    @Test
    void aMessageIsBoundedByItsBytesAndPackets() {
        BusMessageBuilder builder = new BusMessageBuilder("one");
        assertThat(builder.add(PacketWriter.write(frames(BusMessageBuilder.MAX_PACKET_BYTES)))).as("too large a packet").isFalse();
        assertThat(builder.isEmpty()).isTrue();

        byte[] largest = PacketWriter.write(frames(BusMessageBuilder.MAX_PACKET_BYTES - 1_000));
        assertThat(builder.hasRoomFor(largest)).as("alone").isTrue();
        builder.add(PacketWriter.write(frames(BusMessageBuilder.FULL_BYTES - 1_000)));
        assertThat(builder.hasRoomFor(largest)).as("with another").isFalse();
        assertThat(builder.hasRoomFor(new byte[1_000])).isFalse();
        assertThat(builder.hasRoomFor(new byte[100])).isTrue();
        assertThat(builder.build().remaining()).isLessThan(BusMessageBuilder.FULL_BYTES);
        builder.add(largest);
        assertThat(builder.build().remaining() + Seal.OVERHEAD).isLessThan(Unsealer.MAX_BYTES);

        for (int i = 0; i < BusMessageBuilder.FULL_PACKETS; i++) {
            byte[] packet = PacketWriter.write(new Packet.Heartbeat(i));
            assertThat(builder.hasRoomFor(packet)).isTrue();
            builder.add(packet);
        }
        assertThat(builder.hasRoomFor(new byte[1])).isFalse();
        assertThat(PacketReader.read(builder.build())).isEqualTo(new BusMessage("one",
                LongStream.range(0, BusMessageBuilder.FULL_PACKETS).<Packet>mapToObj(Packet.Heartbeat::new).toList()));
    }

    private static Packet frames(int bytes) {
        return new Packet.Appended("plaza", "e1", List.of(new LoggedFrame(1, new Frame("x".repeat(bytes)))));
    }

    private static byte[] message(List<Packet> packets) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(PacketWriter.header("one"));
        packets.forEach(packet -> bytes.writeBytes(PacketWriter.write(packet)));
        return bytes.toByteArray();
    }

    private static void refuses(byte[] content) {
        assertThatIllegalArgumentException().isThrownBy(() -> PacketReader.read(ByteBuffer.wrap(content)));
    }
}
