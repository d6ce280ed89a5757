package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.protocol.User;
import parley.sql.Statements;

/** The people of direct rooms. Each call waits for the database; not for a thread that serves sockets. */
@ApplicationScoped
public class DirectRooms {

    private static final String PEOPLE = """
            select m.room, m.user_id, coalesce(p.name, m.user_name) from membership m left join person p on p.id = m.user_id
            where m.room = any(?) order by m.room, m.user_id""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** The people of these direct rooms, by room and in the order of their ids, with today's names. */
    @Transactional
    public Map<String, List<User>> people(Collection<String> rooms) {
        Map<String, List<User>> people = new HashMap<>();
        if (!rooms.isEmpty()) {
            Statements.query(em, row -> people.computeIfAbsent(row.getString(1), room -> new ArrayList<>())
                    .add(new User(row.getString(2), row.getString(3))), PEOPLE, (Object) rooms.toArray(String[]::new));
        }
        return people;
    }
}
