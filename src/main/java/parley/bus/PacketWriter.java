package parley.bus;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import parley.call.SignalSent;
import parley.journal.LoggedFrame;
import parley.journal.LoggedUpdate;
import parley.protocol.Event;
import parley.protocol.User;
import parley.watch.PersonTold;

/** Encodes packets; {@link PacketReader} decodes them. Strings have a length prefix, so that no content can pass for structure. */
final class PacketWriter {

    /** The kinds of packet. A packet starts with the ordinal of its kind, so the order must not change. */
    enum Kind {
        APPENDED, TYPING, HEARTBEAT, LEAVING, CHALLENGE, RESPONSE, SNAPSHOT_REQUEST, PRESENCE, SNAPSHOT, QUOTA_USE, READ, TOLD,
        PRESENCE_REQUEST, PRESENCE_ANSWER, UPDATED, AWARE, CALL_MOVED, SIGNAL }

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
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The bytes at the start of a message: the name of the sending instance. */
    static byte[] header(String instance) {
        var writer = new PacketWriter();
        try {
            writer.string(instance);
            return writer.bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void packet(Packet packet) throws IOException {
        switch (packet) {
            case Packet.Appended appended -> appended(appended);
            case Packet.Updated updated -> updated(updated.updates());
            case Packet.Aware aware -> aware(aware.aware());
            case Packet.CallMoved call -> {
                kind(Kind.CALL_MOVED);
                string(call.room());
            }
            case Packet.Signal signal -> signal(signal.sent());
            case Packet.Typing typing -> typing(typing);
            case Packet.Heartbeat heartbeat -> kind(Kind.HEARTBEAT).writeLong(heartbeat.sequence());
            case Packet.Leaving leaving -> kind(Kind.LEAVING);
            case Packet.Challenge challenge -> {
                kind(Kind.CHALLENGE);
                id(challenge.incarnation());
                id(challenge.nonce());
            }
            case Packet.Response response -> {
                kind(Kind.RESPONSE);
                id(response.incarnation());
                id(response.nonce());
            }
            case Packet.SnapshotRequest request -> {
                kind(Kind.SNAPSHOT_REQUEST);
                id(request.incarnation());
            }
            case Packet.PresenceRequest request -> {
                kind(Kind.PRESENCE_REQUEST);
                id(request.of());
                out.writeLong(request.id());
                strings(request.rooms());
            }
            case Packet.PresenceAnswer answer -> {
                kind(Kind.PRESENCE_ANSWER);
                id(answer.to());
                out.writeLong(answer.id());
                out.writeBoolean(answer.continues());
                out.writeBoolean(answer.last());
                users(answer.users());
            }
            case Packet.Presence presence -> presence(presence);
            case Packet.Snapshot snapshot -> snapshot(snapshot);
            case Packet.QuotaUse use -> quotaUse(use);
            case Packet.Read read -> {
                kind(Kind.READ).writeBoolean(read.back());
                string(read.room());
                string(read.by().id());
                string(read.by().name());
                out.writeLong(read.upto());
            }
            case Packet.Told told -> {
                kind(Kind.TOLD).writeInt(told.told().size());
                for (PersonTold each : told.told()) {
                    string(each.user());
                    string(each.frame().text());
                }
            }
        }
    }

    private void appended(Packet.Appended appended) throws IOException {
        kind(Kind.APPENDED);
        string(appended.room());
        string(appended.epoch());
        out.writeLong(appended.frames().getFirst().offset());
        out.writeInt(appended.frames().size());
        for (LoggedFrame logged : appended.frames()) {
            string(logged.frame().text());
        }
    }

    private void updated(List<LoggedUpdate> updates) throws IOException {
        LoggedUpdate first = updates.getFirst();
        kind(Kind.UPDATED);
        string(first.room());
        string(first.document());
        out.writeLong(first.version());
        out.writeInt(updates.size());
        for (LoggedUpdate update : updates) {
            string(update.frame().text());
        }
    }

    private void aware(Event.DocumentAware aware) throws IOException {
        kind(Kind.AWARE);
        string(aware.room());
        string(aware.document());
        string(aware.data());
        string(aware.by().id());
        string(aware.by().name());
    }

    private void signal(SignalSent sent) throws IOException {
        Event.Signal signal = sent.signal();
        kind(Kind.SIGNAL);
        string(signal.room());
        string(signal.call());
        string(signal.by().id());
        string(signal.by().name());
        string(signal.participant());
        string(signal.data());
        string(sent.to());
        string(sent.participant());
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
        strings(presence.online());
        strings(presence.offline());
    }

    private void snapshot(Packet.Snapshot snapshot) throws IOException {
        kind(Kind.SNAPSHOT).writeLong(snapshot.sequence());
        out.writeInt(snapshot.part());
        out.writeInt(snapshot.parts());
        users(snapshot.users());
    }

    private void users(Map<String, List<String>> byRoom) throws IOException {
        out.writeInt(byRoom.size());
        for (var room : byRoom.entrySet()) {
            string(room.getKey());
            strings(room.getValue());
        }
    }

    private void quotaUse(Packet.QuotaUse use) throws IOException {
        kind(Kind.QUOTA_USE);
        string(use.usage().limit().wire());
        out.writeInt(use.usage().used().size());
        for (var entry : use.usage().used().entrySet()) {
            string(entry.getKey());
            out.writeLong(entry.getValue());
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
