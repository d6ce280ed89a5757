package parley.emoji;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.Problem;
import parley.sql.Statements;

/** The table of custom emoji. Each call is a transaction of its own and waits for the database. */
@ApplicationScoped
class EmojiRows {

    static final String HEAD = "select log_position from installation_head where topic = 'emoji'";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    /** The number of changes so far. */
    @Transactional
    long head() {
        return Statements.query(em, row -> row.getLong(1), HEAD).getFirst();
    }

    /** All emoji, by name. */
    @Transactional
    List<Emoji> all() {
        return Statements.query(em, row -> new Emoji(row.getString(1), row.getString(2), row.getString(3),
                Instant.ofEpochMilli(row.getLong(4))), "select name, picture, created_by, created_at from custom_emoji order by name");
    }

    /** The bytes of a picture. */
    @Transactional
    Optional<byte[]> picture(String id) {
        return Statements.query(em, row -> row.getBytes(1), "select content from custom_emoji where picture = ?", id).stream().findFirst();
    }

    /** Adds one. Refuses a name that exists, and one more than the most. */
    @Transactional
    Optional<Problem> add(Emoji added, byte[] picture, AuditEvent event) {
        change();
        if (Statements.finds(em, "select 1 from custom_emoji where name = ?", added.name())) {
            return Optional.of(Problem.conflict("There is a custom emoji with this name. Delete it first."));
        }
        if (Statements.query(em, row -> row.getInt(1), "select count(*) from custom_emoji").getFirst() >= CustomEmoji.MOST) {
            return Optional.of(Problem.conflict("There are " + CustomEmoji.MOST + " custom emoji. Delete one first."));
        }
        Statements.update(em, "insert into custom_emoji (name, picture, content, created_by, created_at) values (?, ?, ?, ?, ?)",
                added.name(), added.picture(), picture, added.by(), added.created().toEpochMilli());
        audit.write(List.of(event));
        return Optional.empty();
    }

    /** Deletes one. Returns false if there is none. */
    @Transactional
    boolean delete(String name, AuditEvent event) {
        change();
        boolean deleted = Statements.update(em, "delete from custom_emoji where name = ?", name) == 1;
        if (deleted) {
            audit.write(List.of(event));
        }
        return deleted;
    }

    // Locks the head until the transaction ends, so that two administrators take turns.
    private void change() {
        Statements.update(em, "update installation_head set log_position = log_position + 1 where topic = 'emoji'");
    }
}
