package parley.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import parley.protocol.WireTime;
import parley.sql.Conflict;
import parley.sql.Statements;

/** What people began to write and have not sent: table {@code draft}. Each call waits for the database. */
@ApplicationScoped
public class Drafts {

    /** The most drafts of a person that are returned: the newest. */
    public static final int MOST = 500;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private DraftRows rows;

    /** A draft for a room. */
    public record Draft(String room, String text, String at) {}

    /** The drafts of a person for rooms that the person is still in, the newest first. */
    @Transactional
    public List<Draft> of(String user) {
        return Statements.query(em, row -> new Draft(row.getString(1), row.getString(2),
                WireTime.text(Instant.ofEpochMilli(row.getLong(3)))), """
                select d.room, d.content, d.changed_at from draft d join membership m on m.room = d.room and m.user_id = d.user_id
                join room r on r.id = d.room where d.user_id = ? and r.closed_at is null order by d.changed_at desc limit %d"""
                .formatted(MOST), user);
    }

    /** Stores the draft of a person for a room; an empty text deletes it. */
    public void store(String user, String room, String text) {
        Conflict.repeat(() -> rows.store(user, room, text));
    }
}
