package parley.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.hold.Held;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.sql.Statements;

/** The tables of erasures, and what their steps look for. Each call is a transaction and waits for the database. */
@ApplicationScoped
class ErasureRows {

    /** How many erasures are listed. */
    static final int LISTED = 200;
    /** The most names of a person that are looked for. */
    static final int MOST_NAMES = 50;

    private static final String SELECT = """
            select id, mode, person, names, words, salt, pseudonym, all_documents, keeps_exports, reason, started_by, started_by_name,
            created_at, state, step, room, node, began_at, ended_at from erasure""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;
    @Inject
    private Held held;

    /** A report and its signature, in base64. */
    record Signed(String report, String signature) {}

    /** An act that is counted, such as {@code removed}, and of what. */
    record Counted(String act, String kind, long amount) {}

    /**
     * Adds an erasure, with an audit event that names only the pseudonym, unless it is refused. No other is added meanwhile.
     *
     * @param refusal asked in the same transaction
     */
    @Transactional
    Optional<Problem> add(Erasure erasure, String address, Supplier<Optional<Problem>> refusal) {
        Statements.update(em, "update lease set task = task where task = 'erasures'");
        Optional<Problem> refused = refusal.get();
        if (refused.isEmpty()) {
            Statements.update(em, """
                    insert into erasure (id, mode, person, names, words, salt, pseudonym, all_documents, keeps_exports, reason, started_by,
                    started_by_name, created_at, state, step, room)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')""", erasure.id(), erasure.mode().name(),
                    erasure.person().orElseThrow(), String.join("\n", erasure.names()), String.join("\n", erasure.words()),
                    erasure.salt().orElseThrow(), erasure.pseudonym(), erasure.allDocuments(), erasure.keepsExports(), erasure.reason(),
                    erasure.by().id(), erasure.by().name(), erasure.created().toEpochMilli(), erasure.state().name(),
                    erasure.step().name());
            audit(erasure, "erasure.started", erasure.by().id(), address, " mode=" + erasure.mode().wire());
        }
        return refused;
    }

    /** Notes what happened to an erasure. */
    @Transactional
    void audit(Erasure erasure, String action, String by, String address, String more) {
        audit.write(List.of(new AuditEvent(Instant.now(), action, by, erasure.pseudonym(), null, address, "erasure=" + erasure.id() + more,
                1)));
    }

    @Transactional
    Optional<Erasure> find(String id) {
        return Statements.query(em, ErasureRows::erasure, SELECT + " where id = ?", id).stream().findFirst();
    }

    /** The last erasures, the newest first. */
    @Transactional
    List<Erasure> all() {
        return Statements.query(em, ErasureRows::erasure, SELECT + " order by id desc limit " + LISTED);
    }

    /** Those that have to be worked on, the oldest first. */
    @Transactional
    List<Erasure> open() {
        return Statements.query(em, ErasureRows::erasure, SELECT + " where state = 'RUNNING' order by id");
    }

    /** Whether an erasure of this person is not complete. */
    @Transactional
    boolean isOpen(String person) {
        return Statements.finds(em, "select 1 from erasure where person = ?", person);
    }

    /** The erasure begins. */
    @Transactional
    void begin(String id, String node, Instant now) {
        Statements.update(em, "update erasure set node = ?, began_at = coalesce(began_at, ?) where id = ?", node, now.toEpochMilli(), id);
    }

    /** The next step begins. */
    @Transactional
    void step(String id, Erasure.Step step) {
        Statements.update(em, "update erasure set step = ?, room = '' where id = ?", step.name(), id);
    }

    /** The step is done with this room. */
    @Transactional
    void passed(String id, String room) {
        Statements.update(em, "update erasure set room = ? where id = ?", room, id);
    }

    /** Adds names of the person. */
    @Transactional
    void addNames(String id, Collection<String> names) {
        List<String> before = find(id).orElseThrow().names();
        List<String> all = Stream.concat(before.stream(), names.stream()).distinct().limit(MOST_NAMES).toList();
        if (all.size() > before.size()) {
            Statements.update(em, "update erasure set names = ? where id = ?", String.join("\n", all), id);
        }
    }

    /** The person was found in this room. */
    @Transactional
    void addRoom(String id, String room) {
        addRoom(id, room, em);
    }

    void addRoom(String id, String room, EntityManager em) {
        if (!Statements.finds(em, "select 1 from erasure_room where erasure = ? and room = ?", id, room)) {
            Statements.update(em, "insert into erasure_room (erasure, room, told) values (?, ?, false)", id, room);
        }
    }

    /** The log of this room says that it changed. */
    @Transactional
    void told(String id, String room) {
        Statements.update(em, "update erasure_room set told = true where erasure = ? and room = ?", id, room);
    }

    /** It has to be said again. In the running transaction. */
    void changedAgain(String id, String room, EntityManager em) {
        addRoom(id, room, em);
        Statements.update(em, "update erasure_room set told = false where erasure = ? and room = ?", id, room);
    }

    /** Whether the log of this room has to say that it changed. */
    @Transactional
    boolean hasToTell(String id, String room) {
        return Statements.finds(em, "select 1 from erasure_room where erasure = ? and room = ? and not told", id, room);
    }

    /** The next rooms of all, by id. */
    @Transactional
    List<String> rooms(String after, int limit) {
        return Statements.query(em, row -> row.getString(1), "select id from room where id > ? order by id limit " + limit, after);
    }

    /** The next rooms in which the person was found, by id. */
    @Transactional
    List<String> found(String id, String after, int limit) {
        return Statements.query(em, row -> row.getString(1),
                "select room from erasure_room where erasure = ? and room > ? order by room limit " + limit, id, after);
    }

    /** All rooms in which the person was found; closed ones have true. */
    @Transactional
    Map<String, Boolean> found(String id) {
        Map<String, Boolean> rooms = new LinkedHashMap<>();
        Statements.query(em, row -> rooms.put(row.getString(1), row.getObject(2) != null),
                "select f.room, r.closed_at from erasure_room f join room r on r.id = f.room where f.erasure = ? order by f.room", id);
        return rooms;
    }

    @Transactional
    boolean isClosed(String room) {
        return Statements.finds(em, "select 1 from room where id = ? and closed_at is not null", room);
    }

    /** Whether the person is a member of the room, or is restricted there; and the names that the room knows. */
    @Transactional
    List<String> namesIn(String room, String person) {
        return Statements.query(em, row -> row.getString(1), """
                select user_name from membership where room = ? and user_id = ? union all
                select user_name from restraint where room = ? and user_id = ?""", room, person, room, person);
    }

    /** Today's name of the person in the tables of the directory. */
    @Transactional
    List<String> names(String person) {
        return Statements.query(em, row -> row.getString(1), """
                select name from person where id = ? union select display_name from scim_user where user_id = ?
                union select user_name from scim_user where user_id = ?""", person, person, person);
    }

    /** Up to {@code limit} offsets of messages of the person in a room, after an offset, that are not deleted. */
    @Transactional
    List<Long> messages(String room, String person, long after, int limit) {
        return Statements.query(em, row -> row.getLong(1), """
                select log_offset from room_event where room = ? and log_offset > ? and actor = ? and type = 'message.posted'
                and deleted is null order by log_offset limit\s""" + limit, room, after, person);
    }

    /** A reaction of the person. */
    record Reaction(long message, String emoji) {}

    /** Up to {@code limit} reactions of the person in a room, after a message. */
    @Transactional
    List<Reaction> reactions(String room, String person, long after, int limit) {
        return Statements.query(em, row -> new Reaction(row.getLong(1), row.getString(2)), """
                select message_offset, emoji from reaction where room = ? and message_offset > ? and user_id = ?
                order by message_offset, emoji limit\s""" + limit, room, after, person);
    }

    /** The documents of a room in which only this person wrote, or everyone's in which the person wrote. */
    @Transactional
    List<String> documents(String room, String person, boolean all) {
        return Statements.query(em, row -> row.getString(1), "select d.id from document d where d.room = ? and " + (all
                ? "(d.creator = ? or exists (select 1 from document_update u where u.document = d.id and u.author = ?))"
                : "d.creator = ? and not exists (select 1 from document_update u where u.document = d.id and u.author <> ?)"),
                room, person, person);
    }

    /** Adds to a count. In the running transaction. */
    void count(String id, String act, String kind, long amount, EntityManager em) {
        if (amount > 0 && Statements.update(em, "update erasure_count set amount = amount + ? where erasure = ? and act = ? and kind = ?",
                amount, id, act, kind) == 0) {
            Statements.update(em, "insert into erasure_count (erasure, act, kind, amount) values (?, ?, ?, ?)", id, act, kind, amount);
        }
    }

    /** The same. */
    @Transactional
    void count(String id, String act, String kind, long amount) {
        count(id, act, kind, amount, em);
    }

    /** Notes an act that is not counted. */
    @Transactional
    void note(String id, String act, String kind) {
        if (!Statements.finds(em, "select 1 from erasure_count where erasure = ? and act = ? and kind = ?", id, act, kind)) {
            count(id, act, kind, 1, em);
        }
    }

    @Transactional
    List<Counted> counts(String id) {
        return Statements.query(em, row -> new Counted(row.getString(1), row.getString(2), row.getLong(3)),
                "select act, kind, amount from erasure_count where erasure = ? order by act, kind", id);
    }

    /** What holds keep of the person, by hold. */
    @Transactional
    Map<String, Held.Kept> kept(String person) {
        return new TreeMap<>(held.kept(person, em));
    }

    /** Documents that stay and in which the person wrote. */
    @Transactional
    long documentsLeft(String pseudonym) {
        return Statements.query(em, row -> row.getLong(1), """
                select count(*) from document d where d.creator = ? or exists (select 1 from document_update u where u.document = d.id
                and u.author = ?)""", pseudonym, pseudonym).getFirst();
    }

    /** Ids of exports that stay and name the person. */
    @Transactional
    List<String> exportsLeft(String pseudonym) {
        return Statements.query(em, row -> row.getString(1), "select distinct job from export_person where user_id = ? order by job limit "
                + LISTED, pseudonym);
    }

    /** It is complete: from here on, nothing names the person. Its audit event has no actor. */
    @Transactional
    void complete(Erasure erasure, String reason, Signed signed, Instant now) {
        Statements.update(em, """
                update erasure set state = 'DONE', person = null, names = null, words = null, salt = null, reason = ?, report = ?,
                signature = ?, ended_at = ? where id = ?""", reason, signed.report(), signed.signature(), now.toEpochMilli(), erasure.id());
        audit(erasure, "erasure.completed", erasure.by().id(), null, "");
    }

    @Transactional
    Optional<Signed> report(String id) {
        return Statements.query(em, row -> new Signed(row.getString(1), row.getString(2)),
                "select report, signature from erasure where id = ? and report is not null", id).stream().findFirst();
    }

    /** An id that is greater than those before, as far as the clock is right. */
    static String newId(Instant now) {
        return "%012x-%s".formatted(now.toEpochMilli(), UUID.randomUUID().toString().substring(0, 8));
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        return new Erasure(row.getString("id"), Erasure.Mode.valueOf(row.getString("mode")), Optional.ofNullable(row.getString("person")),
                Erasure.lines(row.getString("names")), Erasure.lines(row.getString("words")), Optional.ofNullable(row.getString("salt")),
                row.getString("pseudonym"), row.getBoolean("all_documents"), row.getBoolean("keeps_exports"), row.getString("reason"),
                new User(row.getString("started_by"), row.getString("started_by_name")), Instant.ofEpochMilli(row.getLong("created_at")),
                Erasure.State.valueOf(row.getString("state")), Erasure.Step.valueOf(row.getString("step")), row.getString("room"),
                Optional.ofNullable(row.getString("node")), time(row, "began_at"), time(row, "ended_at"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
