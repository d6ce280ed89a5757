package parley.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import parley.sql.Statements;

/** Writes table {@code draft}. Each call waits for the database. */
@ApplicationScoped
class DraftRows {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /**
     * Stores the draft of a person for a room; an empty text deletes it. Throws if another transaction inserts it at the same time.
     */
    @Transactional
    void store(String user, String room, String text) {
        if (text.isEmpty()) {
            Statements.update(em, "delete from draft where user_id = ? and room = ?", user, room);
            return;
        }
        long now = System.currentTimeMillis();
        int known = Statements.update(em, "update draft set content = ?, changed_at = ? where user_id = ? and room = ?", text, now, user,
                room);
        if (known == 0) {
            Statements.update(em, "insert into draft (content, changed_at, user_id, room) values (?, ?, ?, ?)", text, now, user, room);
        }
    }
}
