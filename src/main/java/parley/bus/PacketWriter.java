package parley.bus;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.UUID;
import parley.journal.LoggedFrame;
import parley.protocol.User;

/** Packets as bytes. Every string says its length, so that no string can pass for anything else. {@link PacketReader} reads them. */
final class PacketWriter {

    /** The first byte of each kind. */
    enum Kind { GROWN, TYPING, ALIVE, LEAVING, QUESTION, ANSWER, ASKING, PRESENCE, SNAPSHOT, USED }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private PacketWriter() {
    }

    /** The bytes of one packet. */
    static byte[] write(Packet packet) {
        var writer = new PacketWriter();
        try {
            writer.packet(packet);
            return writer.bytes.toByteArray();
        } catch (IOException memoryHasNone) {
            throw new UncheckedIOException(memoryHasNone);
        }
    }

    /** The bytes of what a letter begins with: who writes it. */
    static byte[] head(String node) {
        var writer = new PacketWriter();
        try {
            writer.string(node);
            return writer.bytes.toByteArray();
        } catch (IOException memoryHasNone) {
            throw new UncheckedIOException(memoryHasNone);
        }
    }

    private void packet(Packet packet) throws IOException {
        switch (packet) {
            case Packet.Grown grown -> grown(grown);
            case Packet.Typing typing -> typing(typing);
            case Packet.Alive alive -> kind(Kind.ALIVE).writeLong(alive.sequence());
            case Packet.Leaving leaving -> kind(Kind.LEAVING);
            case Packet.Question question -> {
                kind(Kind.QUESTION);
                id(question.life());
                id(question.nonce());
            }
            case Packet.Answer answer -> {
                kind(Kind.ANSWER);
                id(answer.life());
                id(answer.nonce());
            }
            case Packet.Asking asking -> {
                kind(Kind.ASKING);
                id(asking.life());
            }
            case Packet.Presence presence -> presence(presence);
            case Packet.Snapshot snapshot -> snapshot(snapshot);
            case Packet.Used used -> used(used);
        }
    }

    private void grown(Packet.Grown grown) throws IOException {
        kind(Kind.GROWN);
        string(grown.room());
        string(grown.epoch());
        out.writeLong(grown.frames().getFirst().offset());
        out.writeInt(grown.frames().size());
        for (LoggedFrame logged : grown.frames()) {
            string(logged.frame().text());
        }
    }

    private void typing(Packet.Typing typing) throws IOException {
        User by = typing.typing().by();
        kind(Kind.TYPING).writeBoolean(typing.typing().on());
        string(typing.typing().room());
        string(by.id());
        string(by.name());
    }

    private void presence(Packet.Presence presence) throws IOException {
        kind(Kind.PRESENCE).writeLong(presence.sequence());
        string(presence.room());
        strings(presence.came());
        strings(presence.went());
    }

    private void snapshot(Packet.Snapshot snapshot) throws IOException {
        kind(Kind.SNAPSHOT).writeLong(snapshot.sequence());
        out.writeInt(snapshot.part());
        out.writeInt(snapshot.parts());
        out.writeInt(snapshot.users().size());
        for (var room : snapshot.users().entrySet()) {
            string(room.getKey());
            strings(room.getValue());
        }
    }

    private void used(Packet.Used used) throws IOException {
        kind(Kind.USED);
        string(used.share().limit().wire());
        out.writeInt(used.share().used().size());
        for (var one : used.share().used().entrySet()) {
            string(one.getKey());
            out.writeLong(one.getValue());
        }
    }

    private DataOutputStream kind(Kind kind) throws IOException {
        out.writeByte(kind.ordinal());
        return out;
    }

    private void id(UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private void strings(Collection<String> strings) throws IOException {
        out.writeInt(strings.size());
        for (String string : strings) {
            string(string);
        }
    }

    private void string(String string) throws IOException {
        byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
