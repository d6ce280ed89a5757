package parley.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.file.RemovedFiles;
import parley.journal.LoggedFrame;
import parley.journal.RemovedOriginals;
import parley.message.MessagePlace;
import parley.protocol.Codec;
import parley.protocol.Frame;
import parley.protocol.MessageChange;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import parley.room.Projection;
import parley.sql.Rows;
import parley.sql.Slice;
import parley.sql.Statements;

/**
 * What removals deleted: the tables {@code removed_message}, {@code removed_frame} and {@code removed_reaction}. They follow neither from
 * the log nor from a rebuild. Retention and the end of a room delete rows here as they delete messages.
 */
@ApplicationScoped
class RemovedMessages implements RemovedOriginals, Projection {

    private static final List<String> TABLES = List.of("removed_frame", "removed_reaction", "removed_message");

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** A reaction to a removed message, and whose it was. */
    record Reaction(User by, MessageChange.ReactionAdded change) {}

    @Override
    public void keep(String room, String removal, List<Long> offsets, EntityManager em) {
        Long[] messages = offsets.toArray(Long[]::new);
        Statements.update(em, """
                insert into removed_message (room, message_offset, removal, pinned)
                select e.room, e.log_offset, cast(? as varchar(32)),
                    exists (select 1 from pin p where p.room = e.room and p.message_offset = e.log_offset)
                from room_event e where e.room = ? and e.log_offset = any(?)""", removal, room, messages);
        Statements.update(em, """
                insert into removed_frame (room, message_offset, log_offset, frame)
                select e.room, e.log_offset, e.log_offset, e.frame from room_event e where e.room = ? and e.log_offset = any(?)
                union all select v.room, v.message_offset, v.log_offset, e.frame
                from message_version v join room_event e on e.room = v.room and e.log_offset = v.log_offset
                where v.room = ? and v.message_offset = any(?)""", room, messages, room, messages);
        Statements.update(em, """
                insert into removed_reaction (room, message_offset, log_offset, emoji)
                select room, message_offset, log_offset, emoji from reaction where room = ? and message_offset = any(?)""",
                room, messages);
    }

    @Override
    public List<LoggedFrame> take(String room, List<Long> messages, EntityManager em) {
        Long[] offsets = messages.toArray(Long[]::new);
        List<LoggedFrame> frames = frames(room, offsets, em).values().stream().flatMap(List::stream).toList();
        Statements.update(em, "delete from removed_frame where room = ? and message_offset = any(?)", room, offsets);
        return frames;
    }

    private static Map<Long, List<LoggedFrame>> frames(String room, Long[] messages, EntityManager em) {
        Map<Long, List<LoggedFrame>> frames = new LinkedHashMap<>();
        Statements.query(em, row -> frames.computeIfAbsent(row.getLong(1), message -> new ArrayList<>())
                        .add(new LoggedFrame(row.getLong(2), new Frame(row.getString(3)))), """
                select message_offset, log_offset, frame from removed_frame where room = ? and message_offset = any(?)
                order by message_offset, log_offset""", room, messages);
        return frames;
    }

    /** The messages of a room that were not restored yet. */
    @Transactional
    public List<RemovedMessage> of(String room, List<Long> messages) {
        Long[] offsets = messages.toArray(Long[]::new);
        List<Long> pinned = Statements.query(em, row -> row.getLong(1),
                "select message_offset from removed_message where room = ? and message_offset = any(?) and pinned", room, offsets);
        List<RemovedMessage> originals = new ArrayList<>();
        frames(room, offsets, em).forEach((message, frames) ->
                RemovedMessage.of(message, frames, pinned.contains(message)).ifPresent(originals::add));
        return originals;
    }

    /** The reactions to these messages, in the order of the log. */
    @Transactional
    public List<Reaction> reactions(String room, List<Long> messages) {
        return Statements.query(em, row -> new Reaction(Codec.decodeEvent(row.getString(3)).by(),
                        new MessageChange.ReactionAdded(row.getLong(1), row.getString(2))), """
                select r.message_offset, r.emoji, e.frame from removed_reaction r
                join room_event e on e.room = r.room and e.log_offset = r.log_offset
                where r.room = ? and r.message_offset = any(?) order by r.log_offset""", room, messages.toArray(Long[]::new));
    }

    /** These messages are back, with their reactions. */
    @Transactional
    public void restored(String removal, String room, List<Long> messages) {
        forget(room, messages);
        Statements.update(em, "update removal set restored = restored + ? where id = ?", messages.size(), removal);
    }

    /** Deletes what is kept of these messages, with their files. */
    @Transactional
    public void delete(List<MessagePlace> messages) {
        messages.forEach(message -> {
            RemovedFiles.delete(message.room(), message.offset(), em);
            forget(message.room(), List.of(message.offset()));
        });
    }

    private void forget(String room, List<Long> messages) {
        for (String table : TABLES) {
            Statements.update(em, "delete from " + table + " where room = ? and message_offset = any(?)", room,
                    messages.toArray(Long[]::new));
        }
    }

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        for (RoomEvent event : events) {
            if (event.change() instanceof RoomChange.Closed) {
                forget(event.room(), Long.MAX_VALUE, em);
            }
        }
    }

    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        for (String table : TABLES) {
            Statements.update(em, "delete from " + table + " where room = ? and message_offset <= ?", room, upTo);
        }
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        // What is kept stays with its room.
    }
}
