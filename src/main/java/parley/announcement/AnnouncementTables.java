package parley.announcement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.AnnouncementKind;
import parley.protocol.Problem;
import parley.sql.Statements;

/** The tables of announcements. Each call is a transaction of its own. */
@ApplicationScoped
class AnnouncementTables {

    static final String HEAD = "select log_position from announcement_head where id = 1";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    /** The number of changes so far. */
    @Transactional
    long head() {
        return Statements.query(em, row -> row.getLong(1), HEAD).getFirst();
    }

    /** All announcements, the earliest first. */
    @Transactional
    List<Announcement> all() {
        return Statements.query(em, AnnouncementTables::read, """
                select id, kind, text, link, dismissible, begins_at, ends_at, created_by, created_at
                from announcement order by begins_at, id""");
    }

    /** Adds one and deletes those that are over. Refuses one more than the most. */
    @Transactional
    Optional<Problem> insert(Announcement added, AuditEvent event) {
        change();
        Statements.update(em, "delete from announcement where ends_at <= ?", added.created().toEpochMilli());
        if (Statements.query(em, row -> row.getInt(1), "select count(*) from announcement").getFirst() >= Announcements.MOST) {
            return Optional.of(Problem.conflict("There are " + Announcements.MOST + " announcements. End one first."));
        }
        Statements.update(em, """
                insert into announcement (id, kind, text, link, dismissible, begins_at, ends_at, created_by, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", added.id(), added.kind().wire(), added.text(), added.link().orElse(null),
                added.dismissible(), added.from().toEpochMilli(), added.until().map(Instant::toEpochMilli).orElse(null), added.by(),
                added.created().toEpochMilli());
        audit.write(List.of(event));
        return Optional.empty();
    }

    /** Deletes one. Returns false if there is none. */
    @Transactional
    boolean delete(String id, AuditEvent event) {
        change();
        boolean deleted = Statements.update(em, "delete from announcement where id = ?", id) == 1;
        if (deleted) {
            audit.write(List.of(event));
        }
        return deleted;
    }

    /** Which announcements a person dismissed. */
    @Transactional
    Set<String> dismissedBy(String person) {
        return Set.copyOf(Statements.query(em, row -> row.getString(1),
                "select announcement from announcement_dismissal where person = ?", person));
    }

    /** Stores that a person dismissed one. Repeating it changes nothing; neither does an announcement that was ended meanwhile. */
    @Transactional
    void dismiss(String id, String person) {
        // The lock of the announcement orders two devices of the person, and the end of the announcement.
        boolean exists = Statements.finds(em, "select 1 from announcement where id = ? for update", id);
        if (exists && !Statements.finds(em, "select 1 from announcement_dismissal where announcement = ? and person = ?", id, person)) {
            Statements.update(em, "insert into announcement_dismissal (announcement, person) values (?, ?)", id, person);
        }
    }

    // Locks the head until the transaction ends, so that two administrators take turns.
    private void change() {
        Statements.update(em, "update announcement_head set log_position = log_position + 1 where id = 1");
    }

    private static Announcement read(ResultSet row) throws SQLException {
        long ends = row.getLong("ends_at");
        Optional<Instant> until = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ends));
        return new Announcement(row.getString("id"), AnnouncementKind.of(row.getString("kind")).orElse(AnnouncementKind.INFO),
                row.getString("text"), Optional.ofNullable(row.getString("link")), row.getBoolean("dismissible"),
                Instant.ofEpochMilli(row.getLong("begins_at")), until, row.getString("created_by"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
