package parley.export;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.RoomEvent;
import parley.protocol.RoomProfile;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/**
 * Folds the events about a room and its members, and finds how much of the log a person could read in a span of time: everything up to the
 * last moment in it at which {@link RoomPolicy#maySee} was true, because those who join read what was before. For one thread.
 */
final class ReadableRange {

    private final String person;
    private final Instant from;
    private final Instant to;
    private RoomView view;
    private Instant since = Instant.MIN;
    private long upTo;
    private RoomProfile profile;

    /** @param to exclusive */
    ReadableRange(String room, String person, Optional<Instant> from, Instant to) {
        this.person = person;
        this.from = from.orElse(Instant.MIN);
        this.to = to;
        view = RoomView.empty(room, "");
        profile = view.profile();
    }

    /** The next event about the room or its members. */
    void apply(RoomEvent event) {
        note(event.at(), event.offset() - 1);
        view = new RoomView(view.id(), view.epoch(), event.offset() - 1, view.profile(), view.members(), view.restrictions(), view.closed(),
                view.call()).after(event);
        since = event.at();
    }

    // A ban may end while nothing happens, so the last moment before the next event decides.
    private void note(Instant end, long last) {
        Instant begin = since.isAfter(from) ? since : from;
        Instant stop = end.isBefore(to) ? end : to;
        if (begin.isBefore(stop) && RoomPolicy.maySee(view, person, stop.minusMillis(1))) {
            upTo = last;
            profile = view.profile();
        }
    }

    /**
     * The offset of the last event that the person could read in the span, 0 for none.
     *
     * @param head of the log as the export has it
     */
    long upTo(long head) {
        note(to, head);
        return upTo;
    }

    /** The properties of the room as the person saw them last. */
    RoomProfile profile() {
        return profile;
    }
}
