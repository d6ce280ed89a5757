package parley.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The heads of the rooms' logs. For the journal, in its transaction. */
@ApplicationScoped
public class RoomHeads {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** Locks the heads of these rooms, in the order of their ids so that no two writers wait for each other. */
    public Map<String, RoomHead> lock(Collection<String> rooms) {
        Map<String, RoomHead> heads = new LinkedHashMap<>();
        em.createQuery("select r from Room r where r.id in :rooms order by r.id", Room.class)
                .setParameter("rooms", rooms).setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream().forEach(room -> heads.put(room.id(), new RoomHead(room)));
        return heads;
    }

    /** Begins the log of a new room. */
    public RoomHead open(String room, Instant now) {
        Room opened = new Room(room, UUID.randomUUID().toString(), now);
        em.persist(opened);
        // Its row has to be there before those that refer to it.
        em.flush();
        return new RoomHead(opened);
    }
}
