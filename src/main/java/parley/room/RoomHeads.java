package parley.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import parley.sql.Rows;

/** The heads of the rooms' logs. For the journal, in its transaction. */
@ApplicationScoped
public class RoomHeads {

    private static final String LOCK = "select id, epoch, head from room where id = any(?) order by id for update";
    private static final String STORE = "update room set epoch = ?, head = ? where id = ?";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** Locks the heads of these rooms, in the order of their ids so that no two writers wait for each other. */
    public Map<String, RoomHead> lock(Collection<String> rooms) {
        return Rows.onConnection(em, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
                statement.setArray(1, connection.createArrayOf("varchar", rooms.toArray(String[]::new)));
                Map<String, RoomHead> heads = new LinkedHashMap<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        heads.put(rows.getString(1), new RoomHead(rows.getString(1), rows.getString(2), rows.getLong(3)));
                    }
                }
                return heads;
            }
        });
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
