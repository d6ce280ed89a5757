package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import parley.protocol.Codec;
import parley.protocol.Frame;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.RoomHeads;
import parley.sql.Caseless;
import parley.sql.Rows;
import parley.sql.Statements;

/**
 * Rewrites stored events of an erased person: who an event is from, whom it names, and its text. The events and their offsets stay. Calls
 * wait for the database. A later event, {@link parley.protocol.RoomChange.Rewritten}, has to say it to clients that keep copies.
 */
@ApplicationScoped
public class Rewriting {

    /** The most offsets that one call looks at. */
    public static final int LOOKED_AT = 20_000;
    /** The most events that one call rewrites, so that other writers to the room wait for less than a second. */
    public static final int MOST = 500;

    private static final String UPDATE = """
            update room_event set frame = ?, actor = ?, key_hash = case when key_hash is null then null else ? end
            where room = ? and log_offset = ?""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private RoomHeads heads;
    @Inject
    private LeavingContent leaving;
    @Inject
    @Any
    private Instance<Rewrites> rewrites;

    /**
     * What to look for. An event matches if this user caused it, or if its frame contains one of these.
     *
     * @param parts as a frame has them, in JSON, in the spellings of {@link Caseless}; at least one
     */
    public record Wanted(String actor, Collection<String> parts) {}

    /**
     * What a call found.
     *
     * @param upTo the last offset that it looked at
     * @param complete whether that is the end of the log
     */
    public record Found(long upTo, boolean complete, List<LoggedFrame> frames) {}

    /** Called in the transaction of a step, with the number of events that were rewritten. */
    public interface Step {
        void done(int rewritten, EntityManager em);
    }

    /** The next events that match, after an offset; at most {@link #MOST}. */
    @Transactional
    public Found find(String room, long after, Wanted wanted) {
        long head = head(room);
        long end = Math.min(head, after + LOOKED_AT);
        List<Object> arguments = new ArrayList<>(List.of(room, after, end, wanted.actor()));
        List<String> small = Caseless.small(em, wanted.parts());
        arguments.addAll(small);
        List<LoggedFrame> frames = Statements.query(em, row -> new LoggedFrame(row.getLong(1), new Frame(row.getString(2))),
                "select log_offset, frame from room_event where room = ? and log_offset > ? and log_offset <= ? and (actor = ?"
                + " or position(? in lower(frame)) > 0".repeat(small.size()) + ") order by log_offset limit " + MOST, arguments.toArray());
        long upTo = frames.size() < MOST ? end : frames.getLast().offset();
        return new Found(upTo, upTo >= head, frames);
    }

    /**
     * Rewrites the next events that match, after an offset, if this changes them.
     *
     * @param change must not change the offset or the time
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Found rewrite(String room, long after, Wanted wanted, UnaryOperator<RoomEvent> change, Step step) {
        Found found = find(room, after, wanted);
        List<LoggedFrame> rewritten = List.of();
        if (!found.frames().isEmpty()) {
            // Locked, they can't change between reading and writing.
            heads.lock(List.of(room));
            List<LoggedFrame> present = LogEntry.at(em, room, found.frames().stream().map(LoggedFrame::offset).toList());
            List<RoomEvent> events = present.stream().map(logged -> change.apply(logged.event())).toList();
            List<LoggedFrame> frames = events.stream().map(event -> new LoggedFrame(event.offset(), Codec.encode(event))).toList();
            List<RoomEvent> changed = IntStream.range(0, events.size())
                    .filter(i -> !frames.get(i).frame().equals(present.get(i).frame())).mapToObj(events::get).toList();
            leaving.show(room, Leaving.Reason.ERASED, Optional.empty(), changed.stream().map(RoomEvent::offset).toList(), em);
            store(changed);
            tell(room, changed.stream().map(RoomEvent::offset).toList());
            rewritten = changed.stream().map(event -> new LoggedFrame(event.offset(), Codec.encode(event))).toList();
        }
        step.done(rewritten.size(), em);
        return new Found(found.upTo(), found.complete(), rewritten);
    }

    private long head(String room) {
        return Statements.query(em, row -> row.getLong(1), "select head from room where id = ?", room).stream().findFirst().orElse(0L);
    }

    private void tell(String room, List<Long> offsets) {
        if (!offsets.isEmpty()) {
            Rewritten rewritten = new Rewritten(room, Optional.of(Leaving.Reason.ERASED), Optional.empty(), offsets);
            rewrites.forEach(told -> told.rewritten(rewritten, em));
        }
    }

    private void store(List<RoomEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        Rows.onConnection(em, connection -> {
            try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
                for (RoomEvent event : events) {
                    update.setString(1, Codec.encode(event).text());
                    update.setString(2, event.by().id());
                    update.setLong(3, event.change() instanceof MessageChange.Posted posted
                            ? new PostKey(event.room(), event.by().id(), posted.key()).hash() : 0);
                    update.setString(4, event.room());
                    update.setLong(5, event.offset());
                    update.addBatch();
                }
                return update.executeBatch();
            }
        });
    }
}
