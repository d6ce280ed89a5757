package parley.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.protocol.MemberChange;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.Unread;

/**
 * What happened in a room since its members were told last. Immutable.
 *
 * @param known whether the events are all that happened
 * @param events in the order in which this instance learned of them; none if they are not all
 */
record Changes(boolean known, List<RoomEvent> events) {

    static final Changes UNKNOWN = new Changes(false, List.of());

    private static final int MOST = 1_000;

    static Changes of(List<RoomEvent> events) {
        boolean rewritten = events.stream().anyMatch(event -> event.change() instanceof RoomChange.Rewritten);
        return events.size() > MOST || rewritten ? UNKNOWN : new Changes(true, events);
    }

    /** Both of them. */
    Changes then(Changes later) {
        if (!known || !later.known || events.size() + later.events.size() > MOST) {
            return UNKNOWN;
        }
        List<RoomEvent> both = new ArrayList<>(events);
        both.addAll(later.events);
        return new Changes(true, both);
    }

    /** Whether a view at this offset includes them. */
    boolean areIn(long offset) {
        return known && events.stream().allMatch(event -> event.offset() <= offset);
    }

    /** Whether someone may be in the room no longer. */
    boolean mayEndMemberships() {
        return !known || events.stream().anyMatch(event -> switch (event.change()) {
            case RoomChange.Closed closed -> true;
            case MemberChange.Left left -> true;
            case MemberChange.RoleChanged changed -> true;
            default -> false;
        });
    }

    /** Whether the list of this member shows the room in another way: its profile, the member's role or the member's mute. */
    boolean changeRoomOf(String user) {
        return events.stream().anyMatch(event -> switch (event.change()) {
            case RoomChange.Updated updated -> true;
            case MemberChange change -> change.user().id().equals(user);
            default -> false;
        });
    }

    /** The users who may have become members. */
    List<String> joined() {
        return events.stream().map(RoomEvent::change).filter(MemberChange.Joined.class::isInstance)
                .map(change -> ((MemberChange.Joined) change).user().id()).toList();
    }

    /** The offset of the last of them; 0 for none. */
    long last() {
        return events.stream().mapToLong(RoomEvent::offset).max().orElse(0);
    }

    /** Whether messages were posted, edited or deleted. */
    boolean changeMessages() {
        return !known || events.stream().anyMatch(event -> event.change() instanceof MessageChange.Posted || changesText(event));
    }

    /** The newest message that a member sees outside threads; empty if only the tables can tell. */
    Optional<Message> newest() {
        if (!known || events.stream().anyMatch(Changes::changesText)) {
            return Optional.empty();
        }
        return events.stream().filter(event -> event.change() instanceof MessageChange.Posted posted && isInRoom(posted))
                .reduce((before, later) -> later.offset() > before.offset() ? later : before).map(Changes::message);
    }

    /** What a person has not read after these events; empty if only a recount can tell. */
    Optional<Unread> after(Unread before, String person) {
        Optional<Unread> after = known ? Optional.of(before) : Optional.empty();
        for (RoomEvent event : events) {
            after = after.flatMap(unread -> unread.after(event, person));
        }
        return after;
    }

    private static boolean changesText(RoomEvent event) {
        return event.change() instanceof MessageChange.Edited || event.change() instanceof MessageChange.Deleted
                || event.change() instanceof MessageChange.Restored;
    }

    private static boolean isInRoom(MessageChange.Posted posted) {
        return !posted.deleted() && (posted.thread() == 0 || posted.also());
    }

    private static Message message(RoomEvent event) {
        MessageChange.Posted posted = (MessageChange.Posted) event.change();
        return new Message(event.offset(), event.by(), event.at(), posted.text(), posted.key(), posted.thread(), posted.also(),
                posted.mentions(), posted.everyone(), Optional.empty(), false, false, List.of(), Optional.empty());
    }
}
