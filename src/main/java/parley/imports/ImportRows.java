package parley.imports;

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
import java.util.UUID;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.User;
import parley.sql.Statements;

/** The tables {@code import_job} and {@code import_room}. Each call is a transaction and waits for the database. */
@ApplicationScoped
class ImportRows {

    /** How many imports are kept. */
    static final int MOST = 100;

    private static final String SELECT = """
            select id, source, format, file, people, dry_run, keeps, started_by, started_by_name, created_at, state, cancelled, node,
            began_at, ended_at, failure, posts, done, added, rooms, problems from import_job""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    /** Which room has the messages of a conversation, and whether it has all of them. */
    record Imported(String room, boolean complete) {}

    /** Adds an import. The oldest that have ended make room for it. */
    @Transactional
    void add(ImportJob job, String address) {
        Statements.update(em, """
                insert into import_job (id, source, format, file, people, dry_run, keeps, started_by, started_by_name, created_at, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", job.id(), job.source(), job.format().name(), job.file(),
                job.people().orElse(null), job.dryRun(), job.keeps(), job.by().id(), job.by().name(), job.created().toEpochMilli(),
                job.state().name());
        Statements.update(em, "delete from import_job where ended_at is not null and id in (select id from import_job order by id desc "
                + "offset " + MOST + ")");
        audit.write(List.of(new AuditEvent(job.created(), "import.started", job.by().id(), null, null, address, "import=" + job.id()
                + " source=" + job.source() + " format=" + job.format().wire() + " dry=" + job.dryRun(), 1)));
    }

    /** The import with this id. */
    @Transactional
    Optional<ImportJob> find(String id) {
        return Statements.query(em, ImportRows::job, SELECT + " where id = ?", id).stream().findFirst();
    }

    /** All imports, the newest first. */
    @Transactional
    List<ImportJob> all() {
        return Statements.query(em, ImportRows::job, SELECT + " order by id desc limit " + MOST);
    }

    /** The imports that have to be worked on, the oldest first. */
    @Transactional
    List<ImportJob> open() {
        return Statements.query(em, ImportRows::job, SELECT + " where state in ('WAITING', 'RUNNING') order by id");
    }

    /** An instance works on it from now on, and counts from the start. */
    @Transactional
    void begin(String id, String node, Instant now) {
        Statements.update(em, "update import_job set state = 'RUNNING', node = ?, began_at = coalesce(began_at, ?), done = 0, rooms = 0 "
                + "where id = ?", node, now.toEpochMilli(), id);
    }

    /** Stores how far it is, and returns whether it was cancelled. */
    @Transactional
    boolean progress(String id, long posts, long done, long added, int rooms, String problems) {
        Statements.update(em, "update import_job set posts = ?, done = ?, added = added + ?, rooms = ?, problems = ? where id = ?", posts,
                done, added, rooms, problems, id);
        return Statements.finds(em, "select 1 from import_job where id = ? and cancelled", id);
    }

    /** It has ended, unless it had ended before: another instance may have worked on it too. */
    @Transactional
    void end(ImportJob job, ImportJob.State state, Optional<String> failure, Instant now) {
        boolean ended = Statements.update(em, "update import_job set state = ?, failure = ?, ended_at = ? where id = ? "
                + "and ended_at is null", state.name(), failure.map(text -> Texts.shortened(text, 400)).orElse(null), now.toEpochMilli(),
                job.id()) == 1;
        if (ended) {
            audit.write(List.of(new AuditEvent(now, "import.ended", job.by().id(), null, null, null, "import=" + job.id() + " state="
                    + state.wire(), 1)));
        }
    }

    /** Asks for its end. Returns whether it was still open. */
    @Transactional
    boolean cancel(String id, String by, String address, Instant now) {
        boolean open = Statements.update(em, "update import_job set cancelled = true where id = ? and state in ('WAITING', 'RUNNING')", id)
                == 1;
        if (open) {
            audit.write(List.of(new AuditEvent(now, "import.cancelled", by, null, null, address, "import=" + id, 1)));
        }
        return open;
    }

    /** The room of a conversation, if there is one. */
    @Transactional
    Optional<Imported> room(String source, String conversation) {
        return Statements.query(em, row -> new Imported(row.getString(1), row.getBoolean(2)),
                "select room, complete from import_room where source = ? and conversation = ?", source, conversation).stream().findFirst();
    }

    /** Gives a conversation a room, which is not complete. */
    @Transactional
    void give(String source, String conversation, String room) {
        Statements.update(em, "insert into import_room (source, conversation, room, complete) values (?, ?, ?, false)", source,
                conversation, room);
    }

    /** The room of a conversation is complete. */
    @Transactional
    void complete(String source, String conversation) {
        Statements.update(em, "update import_room set complete = true where source = ? and conversation = ?", source, conversation);
    }

    /** An id that is greater than those before, as far as the clock is right. */
    static String newId(Instant now) {
        return "%012x-%s".formatted(now.toEpochMilli(), UUID.randomUUID().toString().substring(0, 8));
    }

    private static ImportJob job(ResultSet row) throws SQLException {
        return new ImportJob(row.getString("id"), row.getString("source"), ImportJob.Format.valueOf(row.getString("format")),
                row.getString("file"), Optional.ofNullable(row.getString("people")), row.getBoolean("dry_run"), row.getBoolean("keeps"),
                new User(row.getString("started_by"), row.getString("started_by_name")), Instant.ofEpochMilli(row.getLong("created_at")),
                ImportJob.State.valueOf(row.getString("state")), row.getBoolean("cancelled"), Optional.ofNullable(row.getString("node")),
                time(row, "began_at"), time(row, "ended_at"), Optional.ofNullable(row.getString("failure")), row.getLong("posts"),
                row.getLong("done"), row.getLong("added"), row.getInt("rooms"),
                Optional.ofNullable(row.getString("problems")).orElse("[]"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
