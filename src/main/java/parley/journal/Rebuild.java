package parley.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.room.RoomView;

/** How far a rebuild of one room has come. For one thread. */
final class Rebuild {

    private final String room;
    private final String shadow;
    private RoomView view;
    private Instant closedAt;
    private long events;
    private long position;
    private long replaced;

    Rebuild(String room) {
        this.room = room;
        // Not the id of a room: those have no colon.
        shadow = "rebuild:" + UUID.randomUUID();
        view = RoomView.empty(room, "");
    }

    String room() {
        return room;
    }

    /** The id under which the messages are derived. */
    String shadow() {
        return shadow;
    }

    /** The room after the events so far. */
    RoomView view() {
        return view;
    }

    /** When the room was closed, if it was. */
    Optional<Instant> closedAt() {
        return Optional.ofNullable(closedAt);
    }

    /** The number of events so far. */
    long events() {
        return events;
    }

    /** The offset of the last event so far. */
    long position() {
        return position;
    }

    /** Up to which offset the rows of the room's messages are replaced. */
    long replaced() {
        return replaced;
    }

    void replacedUpTo(long offset) {
        replaced = offset;
    }

    /** Takes the next events, and returns those of messages as events of the shadow. */
    List<RoomEvent> take(List<RoomEvent> next) {
        for (RoomEvent event : next) {
            if (event.change() instanceof RoomChange || event.change() instanceof MemberChange) {
                view = view.skippingTo(event.offset() - 1).after(event);
            }
            if (event.change() instanceof RoomChange.Closed) {
                closedAt = event.at();
            }
            position = event.offset();
        }
        events += next.size();
        return next.stream().filter(event -> event.change() instanceof MessageChange)
                .map(event -> new RoomEvent(shadow, event.offset(), event.at(), event.by(), event.change())).toList();
    }
}
