package parley.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import parley.sql.Rows;
import parley.sql.Statements;

/** The heads of the rooms' logs. For the journal, in its transaction. */
@ApplicationScoped
public class RoomHeads {

    private static final String LOCK = "select id, epoch, head from room where id = any(?) order by id for update";
    private static final String TRY_LOCK = LOCK + " skip locked";
    private static final String EXISTING = "select id from room where id = any(?)";
    private static final String STORE = "update room set epoch = ?, head = ? where id = ?";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /**
     * The outcome of {@link #tryLock}.
     *
     * @param heads the locked heads, by room
     * @param taken rooms that another transaction had locked
     */
    public record Locks(Map<String, RoomHead> heads, Set<String> taken) {}

    /** Locks the heads of these rooms that no other transaction has locked; does not wait for a lock. */
    public Locks tryLock(Collection<String> rooms) {
        Map<String, RoomHead> heads = lock(TRY_LOCK, rooms);
        List<String> missing = rooms.stream().filter(room -> !heads.containsKey(room)).toList();
        return new Locks(heads, missing.isEmpty() ? Set.of() : existing(missing));
    }

    /** Locks the heads of these rooms, in the order of their ids so that no two transactions wait for each other. Waits for locks. */
    public Map<String, RoomHead> lock(Collection<String> rooms) {
        return lock(LOCK, rooms);
    }

    private Set<String> existing(List<String> rooms) {
        return Set.copyOf(Statements.query(em, row -> row.getString(1), EXISTING, (Object) rooms.toArray(String[]::new)));
    }

    private Map<String, RoomHead> lock(String sql, Collection<String> rooms) {
        Map<String, RoomHead> heads = new LinkedHashMap<>();
        Statements.query(em, row -> heads.put(row.getString(1), new RoomHead(row.getString(1), row.getString(2), row.getLong(3))), sql,
                (Object) rooms.toArray(String[]::new));
        return heads;
    }

    /** Creates the log of a new room. */
    public RoomHead open(String room, Instant now) {
        Room opened = new Room(room, UUID.randomUUID().toString(), now);
        em.persist(opened);
        // Its row has to be there before those that refer to it.
        em.flush();
        return new RoomHead(room, opened.epoch(), opened.head());
    }

    /** Stores these heads as they are now, with the commit of the running transaction. */
    public void store(Collection<RoomHead> heads) {
        Rows.onConnection(em, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(STORE)) {
                for (RoomHead head : heads) {
                    statement.setString(1, head.epoch());
                    statement.setLong(2, head.offset());
                    statement.setString(3, head.room());
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }
}
