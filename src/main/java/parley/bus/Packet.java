package parley.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import parley.call.SignalSent;
import parley.journal.LoggedFrame;
import parley.journal.LoggedUpdate;
import parley.limits.Usage;
import parley.protocol.Event;
import parley.protocol.User;
import parley.watch.PersonTold;

/** What one instance sends to the others. Several packets travel in one {@link BusMessage}. */
sealed interface Packet {

    /** Events that were appended to a room's log: consecutive, in order. */
    record Appended(String room, String epoch, List<LoggedFrame> frames) implements Packet {}

    /** Updates of one document: consecutive, in order. */
    record Updated(List<LoggedUpdate> updates) implements Packet {}

    /** Awareness of a document, which is not stored. */
    record Aware(Event.DocumentAware aware) implements Packet {}

    /** Who is in the call of a room has changed. */
    record CallMoved(String room) implements Packet {}

    /** A signal of a call, which is not stored. */
    record Signal(SignalSent sent) implements Packet {}

    /** A user started or stopped typing in a room. */
    record Typing(Event.Typing typing) implements Packet {}

    /**
     * A user has read a room up to an offset.
     *
     * @param back whether the marker moved back
     */
    record Read(String room, User by, long upto, boolean back) implements Packet {}

    /** Ephemeral frames for the watching connections of users. */
    record Told(List<PersonTold> told) implements Packet {

        /** A packet ends after the frame with which it reaches this size, in UTF-16 units. */
        static final int FULL = 128 << 10;

        /** As few packets as hold these frames, in order. */
        static List<Told> packets(List<PersonTold> frames) {
            List<Told> packets = new ArrayList<>();
            int from = 0;
            int size = 0;
            for (int i = 0; i < frames.size(); i++) {
                size += frames.get(i).user().length() + frames.get(i).frame().text().length();
                if (size >= FULL || i == frames.size() - 1) {
                    packets.add(new Told(List.copyOf(frames.subList(from, i + 1))));
                    from = i + 1;
                    size = 0;
                }
            }
            return packets;
        }
    }

    /**
     * The sender is alive.
     *
     * @param sequence the number of its last {@link Presence} packet
     */
    record Heartbeat(long sequence) implements Packet {}

    /** The sender shuts down. Its users go offline with it. */
    record Leaving() implements Packet {}

    /** Asks an incarnation to prove that it is running by a {@link Response} with this nonce. */
    record Challenge(UUID incarnation, UUID nonce) implements Packet {}

    /** Answers the {@link Challenge} of an incarnation. */
    record Response(UUID incarnation, UUID nonce) implements Packet {}

    /**
     * Asks who is online in rooms, because someone on the sender listens to them now, or because presence packets are missing.
     *
     * @param of the incarnation that is asked; {@link #ALL} asks every one
     * @param id chosen by the sender, for the answers
     */
    record PresenceRequest(UUID of, long id, List<String> rooms) implements Packet {

        /** Stands for every incarnation. */
        static final UUID ALL = new UUID(0, 0);
    }

    /**
     * A part of the answer to a {@link PresenceRequest}. It replaces what was known of the sender's users in its rooms.
     *
     * @param to the incarnation that asked
     * @param id the request
     * @param continues whether the first room is the last one of the part before
     * @param last whether this is the last part
     * @param users the online users by room, in order
     */
    record PresenceAnswer(UUID to, long id, boolean continues, boolean last, Map<String, List<String>> users) implements Packet {}

    /** Asks an incarnation of an older version for a {@link Snapshot}, because presence packets of it are missing. */
    record SnapshotRequest(UUID incarnation) implements Packet {}

    /** Users who came online or went offline in a room on the sender. */
    record Presence(long sequence, String room, List<String> online, List<String> offline) implements Packet {}

    /**
     * A part of the sender's whole presence.
     *
     * @param sequence the number of the last {@link Presence} packet that it includes
     * @param part counted from 1
     * @param parts how many parts the snapshot has
     * @param users the online users by room
     */
    record Snapshot(long sequence, int part, int parts, Map<String, List<String>> users) implements Packet {}

    /** How much of a quota users and addresses used on the sender. */
    record QuotaUse(Usage usage) implements Packet {}
}
