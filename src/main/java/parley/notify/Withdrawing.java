package parley.notify;

import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.journal.DeletionRuns;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;

/** What events take back: the notifications of a deleted message, of a person who left, and of a closed room. */
final class Withdrawing {

    /**
     * What is gone after some events.
     *
     * @param messages deleted messages
     * @param members by room and person, the offset of the last event that ended the membership
     * @param rooms closed rooms
     */
    record Gone(Map<NotificationRows.Message, Long> messages, Map<Attentions.Place, Long> members, Map<String, Long> rooms) {

        /** Whether a notification of this person about the message at this offset is gone before it was made. */
        boolean includes(RoomEvent cause, long message, String person) {
            return rooms.containsKey(cause.room()) || messages.containsKey(new NotificationRows.Message(cause.room(), message))
                    || members.getOrDefault(new Attentions.Place(cause.room(), person), 0L) > cause.offset();
        }
    }

    private Withdrawing() {
    }

    /** What these events take back. */
    static Gone gone(List<RoomEvent> events) {
        Gone gone = new Gone(new HashMap<>(), new HashMap<>(), new HashMap<>());
        for (RoomEvent event : events) {
            switch (event.change()) {
                case MessageChange.Deleted deleted ->
                        gone.messages.put(new NotificationRows.Message(event.room(), deleted.message()), event.offset());
                case MemberChange change when endsMembership(change) ->
                        gone.members.put(new Attentions.Place(event.room(), change.user().id()), event.offset());
                case RoomChange.Closed closed -> gone.rooms.put(event.room(), event.offset());
                default -> { }
            }
        }
        return gone;
    }

    /** Removes the stored notifications that these events take back, in the running transaction. */
    static List<NotificationRows.Removed> remove(EntityManager em, List<RoomEvent> events) {
        // All at once: those of one event after those of another would be locked out of order.
        Long[] ids = DeletionRuns.of(events).stream().flatMap(run -> find(em, run).stream()).distinct().sorted().toArray(Long[]::new);
        return ids.length == 0 ? List.of() : NotificationRows.remove(em, "id = any(?)", (Object) ids);
    }

    private static List<Long> find(EntityManager em, List<RoomEvent> run) {
        RoomEvent event = run.getFirst();
        return switch (event.change()) {
            case MessageChange.Deleted deleted -> NotificationRows.find(em, "room = ? and log_offset = any(?)", event.room(),
                    DeletionRuns.messages(run));
            case MemberChange change when endsMembership(change) -> NotificationRows.find(em, "room = ? and person = ? and log_offset < ?",
                    event.room(), change.user().id(), event.offset());
            case RoomChange.Closed closed -> NotificationRows.find(em, "room = ? and own is null", event.room());
            default -> List.of();
        };
    }

    private static boolean endsMembership(MemberChange change) {
        return change instanceof MemberChange.Left
                || change instanceof MemberChange.RoleChanged changed && changed.role() == Role.BANNED;
    }
}
