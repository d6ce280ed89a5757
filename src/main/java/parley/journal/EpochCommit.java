package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import parley.protocol.Position;
import parley.room.RoomHead;
import parley.room.RoomHeads;

/** The transactions of {@link RenewingEpoch}, which notifies observers after the commit. */
@ApplicationScoped
class EpochCommit {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private RoomHeads heads;

    /** Renews the epoch of one room. Returns the new epoch; empty if there is no such room. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<String> renew(String room) {
        return Optional.ofNullable(heads.lock(List.of(room)).get(room)).map(this::renew);
    }

    /**
     * Renews the epoch of a room if its log still has the epoch of this position and ends before it. Returns the new epoch if it did.
     * Does not wait for a lock on the room.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<String> renewIfBehind(String room, Position known) {
        return Optional.ofNullable(heads.tryLock(List.of(room)).heads().get(room))
                .filter(head -> head.epoch().equals(known.epoch()) && head.offset() < known.offset()).map(this::renew);
    }

    private String renew(RoomHead head) {
        head.renewEpoch();
        heads.store(List.of(head));
        return head.epoch();
    }

    /** Counts a renewal of all epochs. Instances that started closed after a restore watch this number and open. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void countRenewal() {
        em.createNativeQuery("update epoch_renewal set times = times + 1 where id = 1").executeUpdate();
    }
}
