package parley.bus;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import parley.call.SignalSent;
import parley.journal.EncodedFrames;
import parley.journal.LoggedUpdate;
import parley.limits.Limit;
import parley.limits.Usage;
import parley.protocol.Event;
import parley.protocol.Frame;
import parley.protocol.User;
import parley.watch.PersonTold;

/**
 * Parses what {@link PacketWriter} wrote. Throws {@link IllegalArgumentException} for anything else. The frames of rooms stay in the array
 * of the buffer until they are needed.
 */
final class PacketReader {

    /** The maximum number of packets in a message. */
    static final int MAX_PACKETS = 1_024;

    private static final int MAX_NAME_LENGTH = 255;
    private static final PacketWriter.Kind[] KINDS = PacketWriter.Kind.values();

    private final ByteBuffer in;

    private PacketReader(ByteBuffer in) {
        this.in = in;
    }

    static BusMessage read(ByteBuffer content) {
        var reader = new PacketReader(content);
        try {
            String instance = reader.instanceName();
            List<Packet> packets = new ArrayList<>();
            while (content.hasRemaining()) {
                packets.add(reader.packet());
                require(packets.size() <= MAX_PACKETS);
            }
            return new BusMessage(instance, packets);
        } catch (BufferUnderflowException truncated) {
            throw new IllegalArgumentException("The message ends in the middle of a packet", truncated);
        }
    }

    // The name is written to the log, so control characters are not allowed.
    private String instanceName() {
        String name = string();
        require(name.length() <= MAX_NAME_LENGTH && name.chars().noneMatch(Character::isISOControl));
        return name;
    }

    private Packet packet() {
        int kind = in.get();
        require(kind >= 0 && kind < KINDS.length);
        return switch (KINDS[kind]) {
            case APPENDED -> appended();
            case UPDATED -> updated();
            case AWARE -> new Packet.Aware(new Event.DocumentAware(string(), string(), string(), new User(string(), string())));
            case CALL_MOVED -> new Packet.CallMoved(string());
            case SIGNAL -> signal();
            case TYPING -> typing();
            case HEARTBEAT -> new Packet.Heartbeat(in.getLong());
            case LEAVING -> new Packet.Leaving();
            case CHALLENGE -> new Packet.Challenge(id(), id());
            case RESPONSE -> new Packet.Response(id(), id());
            case SNAPSHOT_REQUEST -> new Packet.SnapshotRequest(id());
            case PRESENCE -> new Packet.Presence(in.getLong(), string(), strings(), strings());
            case SNAPSHOT -> snapshot();
            case QUOTA_USE -> quotaUse();
            case READ -> read();
            case TOLD -> told();
            case PRESENCE_REQUEST -> new Packet.PresenceRequest(id(), in.getLong(), strings());
            case PRESENCE_ANSWER -> new Packet.PresenceAnswer(id(), in.getLong(), in.get() != 0, in.get() != 0, users());
        };
    }

    private Packet appended() {
        String room = string();
        String epoch = string();
        long first = in.getLong();
        int count = count();
        require(first > 0 && count > 0);
        int[] from = new int[count];
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = length();
            from[i] = in.arrayOffset() + in.position();
            in.position(in.position() + lengths[i]);
        }
        return new Packet.Appended(room, epoch, new EncodedFrames(first, in.array(), from, lengths));
    }

    private Packet updated() {
        String room = string();
        String document = string();
        long first = in.getLong();
        int count = count();
        require(first > 0 && count > 0);
        List<LoggedUpdate> updates = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            updates.add(new LoggedUpdate(room, document, first + i, new Frame(string())));
        }
        return new Packet.Updated(updates);
    }

    private Packet signal() {
        Event.Signal signal = new Event.Signal(string(), string(), new User(string(), string()), string(), string());
        return new Packet.Signal(new SignalSent(signal, string(), string()));
    }

    private Packet typing() {
        boolean on = in.get() != 0;
        return new Packet.Typing(new Event.Typing(string(), new User(string(), string()), on));
    }

    private Packet read() {
        boolean back = in.get() != 0;
        String room = string();
        User by = new User(string(), string());
        return new Packet.Read(room, by, in.getLong(), back);
    }

    private Packet told() {
        int count = count();
        List<PersonTold> told = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            told.add(new PersonTold(string(), new Frame(string())));
        }
        return new Packet.Told(told);
    }

    private Packet snapshot() {
        long sequence = in.getLong();
        int part = in.getInt();
        int parts = in.getInt();
        require(part >= 1 && part <= parts);
        return new Packet.Snapshot(sequence, part, parts, users());
    }

    private Map<String, List<String>> users() {
        Map<String, List<String>> users = new LinkedHashMap<>();
        for (int left = count(); left > 0; left--) {
            users.put(string(), strings());
        }
        return users;
    }

    private Packet quotaUse() {
        Limit limit = Limit.of(string());
        Map<String, Long> used = new LinkedHashMap<>();
        for (int left = count(); left > 0; left--) {
            used.put(string(), in.getLong());
        }
        return new Packet.QuotaUse(new Usage(limit, used));
    }

    private UUID id() {
        return new UUID(in.getLong(), in.getLong());
    }

    private List<String> strings() {
        int count = count();
        List<String> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            strings.add(string());
        }
        return strings;
    }

    // Each element takes at least four bytes, so a larger count is invalid. This bounds what is allocated for it.
    private int count() {
        int count = in.getInt();
        require(count >= 0 && count <= in.remaining() / Integer.BYTES);
        return count;
    }

    private String string() {
        byte[] utf8 = new byte[length()];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private int length() {
        int length = in.getInt();
        require(length >= 0 && length <= in.remaining());
        return length;
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException("The message has an invalid value for this version");
        }
    }
}
