package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import parley.protocol.Position;
import parley.room.RoomHead;
import parley.room.RoomHeads;

/** The transaction that renews an epoch. Observers are notified after the commit. */
@ApplicationScoped
class EpochCommit {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private RoomHeads heads;

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean renew(String room) {
        return renew(heads.lock(List.of(room)).get(room));
    }

    /** Renews the epoch if the log still has this one and ends before this position. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean renewIfBehind(String room, Position known) {
        RoomHead head = heads.lock(List.of(room)).get(room);
        return head != null && head.epoch().equals(known.epoch()) && head.offset() < known.offset() && renew(head);
    }

    private boolean renew(RoomHead head) {
        if (head != null) {
            head.renewEpoch();
            heads.store(List.of(head));
        }
        return head != null;
    }

    /** Opens instances that started closed after a restore. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void countRenewal() {
        em.createNativeQuery("update epoch_renewal set times = times + 1 where id = 1").executeUpdate();
    }
}
