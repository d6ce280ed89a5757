package parley.journal;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.List;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.room.RoomHeads;

/**
 * Rebuilds the projections of a room from its log: after a partial restore, or when a new version derives more from the same events.
 */
@ApplicationScoped
public class Rebuilding {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Resource
    private TransactionSynchronizationRegistry transaction;
    @Inject
    private RoomHeads heads;
    @Inject
    private RoomLog log;
    @Inject
    @Any
    private Instance<Projection> projections;

    /**
     * Rebuilds one room in one transaction, which locks the room's head and so blocks its writers. Returns the number of events, or -1 if
     * there is no such room. Waits for the database.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public long rebuild(String room) {
        try {
            return clearAndProject(room);
        } catch (Error defect) {
            // Only exceptions make the container roll back.
            transaction.setRollbackOnly();
            throw defect;
        }
    }

    private long clearAndProject(String room) {
        if (heads.lock(List.of(room)).isEmpty()) {
            return -1;
        }
        projections.forEach(projection -> projection.clear(room, em));
        long count = 0;
        long position = 0;
        List<RoomEvent> page = log.events(room, position);
        while (!page.isEmpty()) {
            List<RoomEvent> events = page;
            projections.forEach(projection -> projection.project(events, em));
            em.flush();
            em.clear();
            count += page.size();
            position = page.getLast().offset();
            page = log.events(room, position);
        }
        return count;
    }
}
