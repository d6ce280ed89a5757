package parley.bus;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import parley.journal.LoggedFrame;
import parley.limits.Usage;
import parley.protocol.Event;

/** What instances tell each other. */
sealed interface Packet {

    /** A room's log grew by these frames, in order and without a hole. */
    record Grown(String room, String epoch, List<LoggedFrame> frames) implements Packet {}

    /** Someone types in a room, or stops. */
    record Typing(Event.Typing typing) implements Packet {}

    /**
     * An instance lives.
     *
     * @param sequence the last of its {@link Presence} packets
     */
    record Alive(long sequence) implements Packet {}

    /** An instance ends, and its users' connections with it. */
    record Leaving() implements Packet {}

    /** An instance asks another life for a sign that it still lives: an {@link Answer} with this nonce. */
    record Question(UUID life, UUID nonce) implements Packet {}

    /** An instance answers the {@link Question} of another life. */
    record Answer(UUID life, UUID nonce) implements Packet {}

    /** An instance misses what another life told of presence, and asks it for a {@link Snapshot}. */
    record Asking(UUID life) implements Packet {}

    /** Who came to a room at an instance, and who went. */
    record Presence(long sequence, String room, List<String> came, List<String> went) implements Packet {}

    /**
     * Who is in which room at an instance: everyone, in so many parts.
     *
     * @param sequence the last {@link Presence} that it holds
     * @param part counted from 1
     */
    record Snapshot(long sequence, int part, int parts, Map<String, List<String>> users) implements Packet {}

    /** What users and addresses used of a limit at a node. */
    record Used(Usage share) implements Packet {}
}
