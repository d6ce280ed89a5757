package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
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
        RoomHead head = heads.lock(List.of(room)).get(room);
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
