package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.protocol.User;
import parley.sql.Rows;

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
        return rooms.isEmpty() ? Map.of() : Rows.onConnection(em, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PEOPLE)) {
                statement.setArray(1, connection.createArrayOf("varchar", rooms.toArray(String[]::new)));
                Map<String, List<User>> people = new HashMap<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        people.computeIfAbsent(rows.getString(1), room -> new ArrayList<>())
                                .add(new User(rows.getString(2), rows.getString(3)));
                    }
                }
                return people;
            }
        });
    }
}
