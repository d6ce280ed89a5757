package parley.notify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parley.journal.Committed;
import parley.protocol.RoomEvent;
import parley.room.RoomView;

/**
 * A room with events that may notify people.
 *
 * @param after what is between this offset and the first of the events notifies nobody
 * @param view the room after the events; empty if the events have to be read from the log
 * @param events in order, without a gap
 */
record Found(String room, long after, Optional<RoomView> view, List<RoomEvent> events) {

    /** A room whose log has to be read from its position. */
    static Found inLog(String room) {
        return new Found(room, Long.MAX_VALUE, Optional.empty(), List.of());
    }

    static Found of(Committed.RoomBatch batch, long after) {
        return new Found(batch.view().id(), after, Optional.of(batch.view()), batch.events());
    }

    /** These events and those of a later batch; if events between them are missing, the log has to be read. */
    Found and(Found later) {
        if (view.isEmpty() || later.view.isEmpty() || last() < later.after
                || !view.get().epoch().equals(later.view.get().epoch())) {
            return inLog(room);
        }
        return new Found(room, after, later.view, Stream.concat(events.stream(), later.events.stream()).toList());
    }

    /** The offset of the last event. */
    long last() {
        return events.getLast().offset();
    }
}
