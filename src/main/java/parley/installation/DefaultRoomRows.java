package parley.installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.Problem;
import parley.sql.Statements;

/** The tables of default rooms, and of people who have to join them. Each call is a transaction of its own. */
@ApplicationScoped
class DefaultRoomRows {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    /** Someone who has to join a room. */
    record Due(String room, String person) {}

    /** Adds a room, and forgets those that were closed. Refuses one more than the most. Repeating it changes nothing. */
    @Transactional
    Optional<Problem> add(String room, AuditEvent event) {
        lock();
        if (Statements.finds(em, "select 1 from default_room where room = ?", room)) {
            return Optional.empty();
        }
        Statements.update(em, "delete from default_room where room in (select id from room where closed_at is not null)");
        if (Statements.query(em, row -> row.getInt(1), "select count(*) from default_room").getFirst() >= DefaultRooms.MOST) {
            return Optional.of(Problem.conflict("There are " + DefaultRooms.MOST + " default rooms. Remove one first."));
        }
        Statements.update(em, "insert into default_room (room, added_by, added_at) values (?, ?, ?)", room, event.actor(),
                event.at().toEpochMilli());
        audit.write(List.of(event));
        return Optional.empty();
    }

    /** Removes a room. Repeating it changes nothing. */
    @Transactional
    void remove(String room, AuditEvent event) {
        lock();
        Statements.update(em, "delete from default_room_due where room = ?", room);
        if (Statements.update(em, "delete from default_room where room = ?", room) == 1) {
            audit.write(List.of(event));
        }
    }

    // Until the transaction ends, so that two administrators take turns.
    private void lock() {
        Statements.update(em, "update installation_head set log_position = log_position + 1 where topic = 'rooms'");
    }

    /** Some of the people who have to join a room. */
    @Transactional
    List<Due> due(int most) {
        return Statements.query(em, row -> new Due(row.getString(1), row.getString(2)),
                "select room, person from default_room_due order by person, room limit " + most);
    }

    /** They joined, or can't. */
    @Transactional
    void done(Due due) {
        Statements.update(em, "delete from default_room_due where room = ? and person = ?", due.room(), due.person());
    }
}
