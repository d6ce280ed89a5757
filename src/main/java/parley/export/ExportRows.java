package parley.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.sql.Rows;
import parley.sql.Statements;

/** The tables {@code export_job}, {@code export_room} and {@code export_start}. Each call is a transaction and waits for the database. */
@ApplicationScoped
class ExportRows {

    /** How many exports of administrators are listed. */
    static final int MOST = 100;
    private static final int LONGEST_FAILURE = 500;

    private static final String SELECT = """
            select id, request, started_by, started_by_name, created_at, state, cancelled, node, began_at, ended_at, expires_at, failure,
            rooms, done, events, files, bytes, stored, digest from export_job""";
    private static final Rows<Cut> ROOMS = Rows.<Cut>of("export_room").text("job", Cut::job).number("place", cut -> (long) cut.place())
            .text("room", Cut::room).number("upto", Cut::upTo);

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    /**
     * A room of an export.
     *
     * @param upTo the head of its log when the export began
     * @param readable the last event that the export has; 0 for none, and before that is known
     * @param title the name of the room as the export has it
     * @param done whether its files are complete
     */
    record Cut(String job, int place, String room, long upTo, long readable, String title, boolean done) {

        Cut at(int index) {
            return new Cut(job, index, room, upTo, readable, title, done);
        }

        Cut reading(long last, String name) {
            return new Cut(job, place, room, upTo, last, name, done);
        }
    }

    /**
     * Adds an export, unless it is refused. No other export is added meanwhile.
     *
     * @param refusal asked in the same transaction
     */
    @Transactional
    Optional<Problem> add(ExportJob job, Optional<String> repeats, String address, Supplier<Optional<Problem>> refusal) {
        Statements.update(em, "update export_start set id = 1 where id = 1");
        Optional<Problem> refused = refusal.get();
        if (refused.isEmpty()) {
            add(job, repeats, address);
        }
        return refused;
    }

    private void add(ExportJob job, Optional<String> repeats, String address) {
        Statements.update(em, """
                insert into export_job (id, own, request, started_by, started_by_name, created_at, state)
                values (?, ?, ?, ?, ?, ?, ?)""", job.id(), job.request().own(), job.request().json().toString(), job.by().id(),
                job.by().name(), job.created().toEpochMilli(), job.state().name());
        repeats.ifPresent(before -> Statements.update(em, "insert into export_room (job, place, room, upto) select '" + job.id()
                + "', place, room, upto from export_room where job = ?", before));
        write(job.created(), job.request().own() ? "export.own" : "export.started", job.by().id(), job, address,
                job.request().own() ? "" : " request=" + job.request().json());
    }

    private void write(Instant at, String action, String actor, ExportJob job, String address, String more) {
        audit.write(List.of(new AuditEvent(at, action, actor, job.request().person().orElse(null), null, address, "export=" + job.id()
                + more, 1)));
    }

    /** Notes what happened to an export. */
    @Transactional
    void audit(String action, String actor, ExportJob job, String address) {
        write(Instant.now(), action, actor, job, address, "");
    }

    /** The export with this id. */
    @Transactional
    Optional<ExportJob> find(String id) {
        return Statements.query(em, ExportRows::job, SELECT + " where id = ?", id).stream().findFirst();
    }

    /** The exports of administrators, the newest first. */
    @Transactional
    List<ExportJob> all() {
        return Statements.query(em, ExportRows::job, SELECT + " where not own order by id desc limit " + MOST);
    }

    /** The last export of a person's own data. */
    @Transactional
    Optional<ExportJob> lastOwn(String person) {
        return Statements.query(em, ExportRows::job, SELECT + " where own and started_by = ? order by id desc limit 1", person).stream()
                .findFirst();
    }

    /** The exports that have to be worked on: those of administrators first, the oldest first. */
    @Transactional
    List<ExportJob> open() {
        return Statements.query(em, ExportRows::job, SELECT + " where state in ('WAITING', 'RUNNING') order by own, id");
    }

    /** Whether the places of the rooms are stored. */
    @Transactional
    boolean hasRooms(String id) {
        return Statements.finds(em, "select 1 from export_job where id = ? and began_at is not null union all "
                + "select 1 from export_room where job = ? and place = 0", id, id);
    }

    /** Some rooms of the installation by id, after an id, and where their logs stand. */
    @Transactional
    List<Cut> heads(String job, String after, int most) {
        return Statements.query(em, row -> new Cut(job, 0, row.getString(1), row.getLong(2), 0, "", false),
                "select id, head from room where id > ? order by id limit " + most, after);
    }

    /** The same for these rooms; a room that does not exist is left out. */
    @Transactional
    List<Cut> heads(String job, List<String> rooms) {
        return Statements.query(em, row -> new Cut(job, 0, row.getString(1), row.getLong(2), 0, "", false),
                "select id, head from room where id = any(?)", (Object) rooms.toArray(String[]::new));
    }

    /** An instance works on it from now on. The first one stores the rooms. */
    @Transactional
    void begin(String id, String node, Instant now, List<Cut> rooms) {
        if (!rooms.isEmpty()) {
            ROOMS.insert(em, rooms);
        }
        Statements.update(em, "update export_job set state = 'RUNNING', node = ?, began_at = coalesce(began_at, ?), "
                + "rooms = (select count(*) from export_room where job = ?) where id = ?", node, now.toEpochMilli(), id, id);
    }

    /** Some rooms of an export from a place on, in order. */
    @Transactional
    List<Cut> rooms(String id, int place, int most) {
        return Statements.query(em, row -> new Cut(id, row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5),
                row.getBoolean(6)), "select place, room, upto, coalesce(readable, 0), coalesce(title, ''), done "
                + "from export_room where job = ? and place >= ? order by place limit " + most, id, place);
    }

    /** Stores how much of these rooms is in the export. */
    @Transactional
    void readable(List<Cut> rooms) {
        Rows.onConnection(em, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update export_room set readable = ?, title = ? where job = ? and place = ?")) {
                for (Cut cut : rooms) {
                    Statements.set(connection, update, cut.readable(), cut.title(), cut.job(), cut.place());
                    update.addBatch();
                }
                return update.executeBatch();
            }
        });
    }

    /** The files of a room are complete. Those of the rooms before it are, too. */
    @Transactional
    void done(Cut cut, long events, int files) {
        Statements.update(em, "update export_room set done = true where job = ? and place = ?", cut.job(), cut.place());
        Statements.update(em, "update export_job set done = ?, events = ?, files = ? where id = ?", cut.place() + 1, events, files,
                cut.job());
    }

    /** It is known what of each room is in the export, and these files say so. */
    @Transactional
    void decided(String id, int files) {
        Statements.update(em, "update export_job set files = ? where id = ?", files, id);
    }

    /** Stores what it takes, and returns whether it was cancelled. */
    @Transactional
    boolean progress(String id, long stored) {
        Statements.update(em, "update export_job set stored = ? where id = ?", stored, id);
        return Statements.finds(em, "select 1 from export_job where id = ? and cancelled", id);
    }

    /** Bytes that all other exports take. */
    @Transactional
    long storedByOthers(String id) {
        return Statements.query(em, row -> row.getLong(1), "select coalesce(sum(stored), 0) from export_job where id <> ?", id).getFirst();
    }

    /** It is complete. Returns false if it was cancelled or has ended before. */
    @Transactional
    boolean complete(ExportJob job, Instant now, Instant expires, long bytes, long stored, String digest) {
        boolean completed = Statements.update(em, "update export_job set state = 'DONE', ended_at = ?, expires_at = ?, bytes = ?, "
                + "stored = ?, digest = ? where id = ? and not cancelled and ended_at is null", now.toEpochMilli(), expires.toEpochMilli(),
                bytes, stored, digest, job.id()) == 1;
        if (completed) {
            write(now, "export.ended", job.by().id(), job, null, " state=done bytes=" + bytes + " manifest=" + digest);
        }
        return completed;
    }

    /** It ended without a result, unless it had ended before: another instance may have worked on it too. */
    @Transactional
    void end(ExportJob job, ExportJob.State state, Optional<String> failure, Instant now) {
        String why = failure.map(text -> text.length() <= LONGEST_FAILURE ? text : text.substring(0, LONGEST_FAILURE)).orElse(null);
        boolean ended = Statements.update(em, "update export_job set state = ?, failure = ?, ended_at = ? where id = ? "
                + "and ended_at is null", state.name(), why, now.toEpochMilli(), job.id()) == 1;
        if (ended) {
            write(now, "export.ended", job.by().id(), job, null, " state=" + state.wire());
        }
    }

    /** Asks an open export to end, and takes a complete one away. Returns false if there was nothing to do. */
    @Transactional
    boolean delete(ExportJob job, Optional<String> by, String address) {
        boolean changed = Statements.update(em, "update export_job set cancelled = true where id = ? and not cancelled "
                + "and state in ('WAITING', 'RUNNING')", job.id())
                + Statements.update(em, "update export_job set state = 'DELETED' where id = ? and state = 'DONE'", job.id()) == 1;
        if (changed) {
            write(Instant.now(), "export.deleted", by.orElse(null), job, address, "");
        }
        return changed;
    }

    /** Complete exports whose time is over. */
    @Transactional
    List<ExportJob> expired(Instant now) {
        return Statements.query(em, ExportRows::job, SELECT + " where state = 'DONE' and expires_at <= ?", now.toEpochMilli());
    }

    /** An export that names this person and is not about to end. */
    @Transactional
    Optional<ExportJob> naming(String person, boolean onlyOwn) {
        return Statements.query(em, ExportRows::job, SELECT + " where not cancelled and (state in ('WAITING', 'RUNNING') or stored > 0) "
                + "and (own and started_by = ?" + (onlyOwn ? "" : " or id in (select job from export_person where user_id = ?)")
                + ") order by id limit 1", onlyOwn ? new Object[] {person} : new Object[] {person, person}).stream().findFirst();
    }

    /** Exports that ended without a result, or were deleted, whose files are still there. */
    @Transactional
    List<ExportJob> toRemove() {
        // What an export takes is stored from time to time, so one that ended soon may have files that were not counted.
        return Statements.query(em, ExportRows::job, SELECT + " where state in ('FAILED', 'CANCELLED', 'DELETED') and (stored > 0 "
                + "or exists (select 1 from export_part p where p.job = export_job.id) "
                + "or exists (select 1 from export_file f where f.job = export_job.id))");
    }

    /** Its files are gone. */
    @Transactional
    void removed(String id) {
        Statements.update(em, "delete from export_person where job = ?", id);
        Statements.update(em, "update export_job set stored = 0 where id = ?", id);
    }

    /** Forgets exports of administrators past the newest {@link #MOST}, and own ones from before a time, whose files are gone. */
    @Transactional
    void forget(Instant before) {
        List<String> old = Statements.query(em, row -> row.getString(1), "select id from export_job where stored = 0 and ended_at is not "
                + "null and state <> 'DONE' and (own and created_at < ? or not own and id in (select id from export_job where not own "
                + "order by id desc offset " + MOST + "))", before.toEpochMilli());
        for (String id : old) {
            Statements.update(em, "delete from export_room where job = ?", id);
            Statements.update(em, "delete from export_person where job = ?", id);
            Statements.update(em, "delete from export_job where id = ?", id);
        }
    }

    /** An id that is greater than those before, as far as the clock is right. */
    static String newId(Instant now) {
        return "%012x-%s".formatted(now.toEpochMilli(), UUID.randomUUID().toString().substring(0, 8));
    }

    private static ExportJob job(ResultSet row) throws SQLException {
        return new ExportJob(row.getString("id"), ExportRequest.of(row.getString("request")),
                new User(row.getString("started_by"), row.getString("started_by_name")), Instant.ofEpochMilli(row.getLong("created_at")),
                ExportJob.State.valueOf(row.getString("state")), row.getBoolean("cancelled"), Optional.ofNullable(row.getString("node")),
                time(row, "began_at"), time(row, "ended_at"), time(row, "expires_at"), Optional.ofNullable(row.getString("failure")),
                row.getInt("rooms"), row.getInt("done"), row.getLong("events"), row.getInt("files"), row.getLong("bytes"),
                row.getLong("stored"), Optional.ofNullable(row.getString("digest")));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
