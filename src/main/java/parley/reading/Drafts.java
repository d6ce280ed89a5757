package parley.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import parley.sql.Statements;

/** What people began to write and have not sent: table {@code draft}. Each call waits for the database. */
@ApplicationScoped
public class Drafts {

    /** The most drafts of a person that are returned: the newest. */
    public static final int MOST = 500;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** A draft for a room. */
    public record Draft(String room, String text, String at) {}

    /** The drafts of a person for rooms that the person is still in, the newest first. */
    @Transactional
    public List<Draft> of(String user) {
        return Statements.query(em, row -> new Draft(row.getString(1), row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)).toString()), """
                select d.room, d.content, d.changed_at from draft d join membership m on m.room = d.room and m.user_id = d.user_id
                join room r on r.id = d.room where d.user_id = ? and r.closed_at is null order by d.changed_at desc limit %d"""
                .formatted(MOST), user);
    }

    /** Stores the draft of a person for a room; an empty text deletes it. */
    @Transactional
    public void store(String user, String room, String text) {
        if (text.isEmpty()) {
            Statements.update(em, "delete from draft where user_id = ? and room = ?", user, room);
            return;
        }
        Statements.update(em, """
                merge into draft d using (select * from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
                as q(user_id, room, content)) q on (d.user_id = q.user_id and d.room = q.room)
                when matched then update set content = q.content, changed_at = ?
                when not matched then insert (user_id, room, content, changed_at) values (q.user_id, q.room, q.content, ?)""",
                new String[] {user}, new String[] {room}, new String[] {text}, System.currentTimeMillis(), System.currentTimeMillis());
    }
}
