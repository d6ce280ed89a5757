package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import parley.room.RoomHeads;
import parley.sql.Rows;
import parley.sql.Slice;
import parley.sql.Statements;

/** Moves what queries need of messages from table {@code message} to the log. */
@ApplicationScoped
class CopiesCommit {

    /** The most messages that one transaction moves. */
    static final int MOST = 200;

    private static final String NOTE = """
            update room_event set key_hash = ?, thread_offset = ?, also = ?, deleted = ?
            where room = ? and log_offset = ? and type = 'message.posted'""";

    private record Copy(long offset, String author, String key, long thread, boolean also, boolean deleted) {}

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private RoomHeads heads;

    /** The next room with copies, in the order of their ids; no rebuild that runs. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<String> next(String after) {
        return Statements.query(em, row -> row.getString(1),
                "select room from message where room > ? and room not like 'rebuild:%' order by room limit 1", after).stream().findFirst();
    }

    /** Moves the first copies of a room. Returns their number; {@link #MOST} means that there may be more. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    int move(String room) {
        heads.lock(List.of(room));
        List<Long> offsets = Statements.query(em, row -> row.getLong(1),
                "select log_offset from message where room = ? order by log_offset limit " + MOST, room);
        if (!offsets.isEmpty()) {
            move(new Slice(room, offsets.getFirst() - 1, offsets.getLast()), room);
        }
        return offsets.size();
    }

    /**
     * Notes in the log what the copies of another room id say about the messages of this slice, and removes the copies of both, in the
     * running transaction. The head of the room is locked.
     */
    void move(Slice slice, String from) {
        List<Copy> copies = Statements.query(em, row -> new Copy(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4),
                        row.getBoolean(5), row.getBoolean(6)), """
                select log_offset, author, client_key, thread_offset, also, deleted from message
                where room = ? and log_offset > ? and log_offset <= ?""", from, slice.after(), slice.upTo());
        Rows.onConnection(em, connection -> {
            try (PreparedStatement note = connection.prepareStatement(NOTE)) {
                for (Copy copy : copies) {
                    note.setLong(1, new PostKey(slice.room(), copy.author, copy.key).hash());
                    note.setObject(2, copy.thread > 0 ? copy.thread : null, Types.BIGINT);
                    note.setObject(3, copy.also ? true : null, Types.BOOLEAN);
                    note.setObject(4, copy.deleted ? true : null, Types.BOOLEAN);
                    note.setString(5, slice.room());
                    note.setLong(6, copy.offset);
                    note.addBatch();
                }
                return note.executeBatch();
            }
        });
        for (String room : List.of(slice.room(), from)) {
            Statements.update(em, "delete from message where room = ? and log_offset > ? and log_offset <= ?", room, slice.after(),
                    slice.upTo());
        }
    }

    /** The log notes nothing about the messages of this slice, which have copies again. In the running transaction. */
    void restored(Slice slice) {
        Statements.update(em, """
                update room_event set key_hash = null, thread_offset = null, also = null, deleted = null
                where room = ? and log_offset > ? and log_offset <= ? and key_hash is not null""", slice.room(), slice.after(),
                slice.upTo());
    }
}
