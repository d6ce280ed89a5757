package parley.bus;

import java.util.List;
import java.util.Map;
import parley.journal.LoggedFrame;
import parley.limits.Share;

/** What nodes tell each other. */
sealed interface Packet {

    /** A room's log grew by these frames, in order and without a hole. */
    record Grown(String room, String epoch, List<LoggedFrame> frames) implements Packet {}

    /** Something that isn't in the log was said in a room. */
    record Said(String room, String frame) implements Packet {}

    /**
     * A node lives.
     *
     * @param sequence the last of its {@link Presence} packets
     */
    record Alive(long sequence) implements Packet {}

    /** A node goes, and its users with it. */
    record Leaving() implements Packet {}

    /** A node misses what another one told of presence, and asks it for a {@link Snapshot}. */
    record Asking(String node) implements Packet {}

    /** Who came to a room at a node, and who went. */
    record Presence(long sequence, String room, List<String> came, List<String> went) implements Packet {}

    /**
     * Who is in which room at a node: everyone, in so many parts.
     *
     * @param sequence the last {@link Presence} that it holds
     * @param part counted from 1
     */
    record Snapshot(long sequence, int part, int parts, Map<String, List<String>> users) implements Packet {}

    /** What users and addresses used of a limit at a node. */
    record Used(Share share) implements Packet {}
}
