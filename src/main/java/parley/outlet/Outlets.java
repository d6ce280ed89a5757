package parley.outlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import parley.sql.Statements;

/** Adds, changes and removes outlets. Each call joins the running transaction or begins one, and waits for the database. */
@ApplicationScoped
public class Outlets {

    private static final String SELECT = """
            select o.id, o.kind, o.room, o.types, o.created_by, o.created_at, r.epoch, o.log_offset, r.head, o.failing_since,
            o.disabled_at, o.disabled_why from outlet o join room r on r.id = o.room""";
    // Locked, so that two requests at once don't add more outlets than a room may have.
    private static final String LOCK = "select id from room where id = ? for update";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Event<OutletsChanged> changed;

    /** CDI event: the outlets of this instance's tables were changed; the transaction may not be committed yet. */
    record OutletsChanged() {}

    /**
     * Adds an outlet of what happens in a room from now on. Returns false if the room has this many outlets.
     *
     * @param types of the events that it gets; empty for all
     * @param share of the threads: outlets with the same one share a bounded part of them
     */
    @Transactional
    public boolean add(Consumer consumer, List<String> types, String share, String by, int most, Instant now) {
        Statements.query(em, row -> row.getString(1), LOCK, consumer.room());
        if (count(consumer.room()) >= most) {
            return false;
        }
        Statements.update(em, """
                insert into outlet (id, kind, room, types, share, created_by, created_at, log_offset, due_at)
                select ?, ?, id, ?, ?, ?, ?, head, 0 from room where id = ?""", consumer.id(), consumer.kind(), text(types), share, by,
                now.toEpochMilli(), consumer.room());
        changed.fire(new OutletsChanged());
        return true;
    }

    private int count(String room) {
        return Statements.query(em, row -> row.getInt(1), "select count(*) from outlet where room = ?", room).getFirst();
    }

    /** Changes which events an outlet gets, from the next one on. */
    @Transactional
    public void choose(String id, List<String> types) {
        Statements.update(em, "update outlet set types = ? where id = ?", text(types), id);
    }

    /** Changes the share of an outlet. */
    @Transactional
    public void share(String id, String share) {
        Statements.update(em, "update outlet set share = ? where id = ?", share, id);
    }

    /** Enables an outlet, and tries it at once. */
    @Transactional
    public void enable(String id) {
        Statements.update(em, "update outlet set disabled_at = null, disabled_why = null, failures = 0, failing_since = null, due_at = 0 "
                + "where id = ?", id);
        changed.fire(new OutletsChanged());
    }

    /** Makes no further attempts. */
    @Transactional
    public void disable(String id, String why, Instant now) {
        Statements.update(em, "update outlet set disabled_at = ?, disabled_why = ? where id = ? and disabled_at is null",
                now.toEpochMilli(), why, id);
    }

    /** Passes over everything that happened before now. */
    @Transactional
    public void skip(String id) {
        // Ends a lease too: its run would set the outlet back.
        Statements.update(em, "update outlet set lease = '', leased_until = 0, log_offset = "
                + "(select head from room where room.id = outlet.room) where id = ?", id);
    }

    /** Removes an outlet and its attempts. */
    @Transactional
    public void remove(String id) {
        Statements.update(em, "delete from outlet_attempt where outlet = ?", id);
        Statements.update(em, "delete from outlet where id = ?", id);
    }

    /** Removes the outlets of closed rooms, and returns their ids; at most this many. */
    @Transactional
    public List<String> removeOfClosedRooms(int most) {
        List<String> ids = Statements.query(em, row -> row.getString(1), "select o.id from outlet o join room r on r.id = o.room "
                + "where r.closed_at is not null limit " + most);
        ids.forEach(this::remove);
        return ids;
    }

    /** The outlets of a room, oldest first. */
    @Transactional
    public List<Outlet> of(String room) {
        return Statements.query(em, Outlets::outlet, SELECT + " where o.room = ? order by o.created_at, o.id", room);
    }

    /** The outlet of a room with this id. */
    @Transactional
    public Optional<Outlet> one(String room, String id) {
        return Statements.query(em, Outlets::outlet, SELECT + " where o.room = ? and o.id = ?", room, id).stream().findFirst();
    }

    /** The latest attempts of an outlet, latest first. */
    @Transactional
    public List<Attempt> attempts(String id) {
        return Statements.query(em, row -> new Attempt(Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getString(3),
                row.getString(4), row.getInt(5), row.getInt(6), Optional.ofNullable(row.getString(7)).orElse("")),
                "select at, event, event_type, status, attempt, millis, answer from outlet_attempt where outlet = ? order by id desc limit "
                + Attempt.MOST, id);
    }

    private static String text(Collection<String> types) {
        return types.isEmpty() ? null : String.join(",", types);
    }

    private static Outlet outlet(ResultSet row) throws SQLException {
        String types = row.getString(4);
        long failing = row.getLong(10);
        Optional<Instant> since = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(failing));
        long disabledAt = row.getLong(11);
        Optional<Outlet.Disabled> disabled = row.wasNull() ? Optional.empty()
                : Optional.of(new Outlet.Disabled(Instant.ofEpochMilli(disabledAt), row.getString(12)));
        return new Outlet(row.getString(1), row.getString(2), row.getString(3), types == null ? List.of() : Arrays.asList(types.split(",")),
                row.getString(5), Instant.ofEpochMilli(row.getLong(6)), row.getString(7), row.getLong(8), row.getLong(9), since, disabled);
    }
}
