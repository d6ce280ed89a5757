package parley.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import parley.protocol.Level;
import parley.sql.Statements;

/** What people want to be notified of in their rooms, for many with one query. Each call waits for the database. */
@ApplicationScoped
public class Levels {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** The levels that people chose. Those who chose none are left out: the default of the room applies. */
    @Transactional
    public Map<PersonInRoom, Level> of(Collection<PersonInRoom> people) {
        Map<PersonInRoom, Level> levels = new HashMap<>();
        Statements.query(em, row -> levels.put(new PersonInRoom(row.getString(1), row.getString(2)),
                Level.of(row.getString(3)).orElseThrow()), """
                select p.user_id, p.room, p.level from unnest(cast(? as varchar array), cast(? as varchar array)) as w(user_id, room)
                join room_preference p on p.user_id = w.user_id and p.room = w.room where p.level is not null""",
                people.stream().map(PersonInRoom::user).toArray(String[]::new),
                people.stream().map(PersonInRoom::room).toArray(String[]::new));
        return levels;
    }
}
