package parley.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import parley.room.RoomHeads;
import parley.verify.Link;

/** The transactions of {@link Sealing}. They wait for no lock. */
@ApplicationScoped
class SealCommit {

    /** The most rooms of one transaction. */
    static final int ROOMS = 100;
    /** The most segments of one transaction. */
    private static final int SEGMENTS = 16;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private RoomHeads heads;

    /** For the container. */
    protected SealCommit() {
    }

    SealCommit(EntityManager em) {
        this.em = em;
    }

    /**
     * What a transaction did.
     *
     * @param events how many were sealed
     * @param left the rooms with more to seal
     */
    record Sealed(long events, List<String> left) {}

    /** Rooms with something to seal, by id after another id, at most {@link #ROOMS}. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<String> behind(String after) {
        return ChainRows.behind(after, ROOMS, em);
    }

    /** Begins the chains of these rooms that have none. Leaves out rooms whose head is locked. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void begin(List<String> rooms) {
        Set<String> fresh = new HashSet<>(rooms);
        ChainRows.chained(rooms, em).forEach(fresh::remove);
        if (!fresh.isEmpty()) {
            Set<String> locked = heads.tryLock(fresh).heads().keySet();
            // Another instance may have begun some before this one had the locks.
            ChainRows.chained(locked, em).forEach(fresh::remove);
            locked.stream().filter(fresh::contains).forEach(room -> ChainRows.begin(room, em));
        }
    }

    /** Seals what is new in these rooms, as much as one transaction may. Leaves out rooms whose chain is locked. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Sealed seal(List<String> rooms) {
        long events = 0;
        int segments = 0;
        List<String> left = new ArrayList<>();
        for (String room : rooms) {
            Optional<Chain> chain = segments < SEGMENTS ? ChainRows.tryLock(room, em) : Optional.empty();
            long head = chain.isPresent() ? ChainRows.head(room, em) : Long.MAX_VALUE;
            while (chain.isPresent() && chain.get().sealed() < head && segments < SEGMENTS) {
                Chain longer = segment(chain.get(), head);
                events += longer.sealed() - chain.get().sealed();
                chain = Optional.of(longer);
                segments++;
            }
            if (chain.isEmpty() || chain.get().sealed() < head) {
                left.add(room);
            }
        }
        return new Sealed(events, left);
    }

    private Chain segment(Chain chain, long head) {
        long upTo = Math.min(head, chain.sealed() + Link.SEGMENT);
        Leaves leaves = Leaves.of(LongStream.rangeClosed(chain.sealed() + 1, upTo).boxed().toList(),
                ChainRows.events(chain.room(), chain.sealed(), upTo, em));
        Link link = new Link(chain.room(), chain.number() + 1, Link.SEALED, chain.sealed() + 1, upTo, 0, Instant.now().toEpochMilli(),
                new byte[0], leaves.hashes());
        Chain longer = chain.after(link);
        ChainRows.add(link, Optional.of(leaves.openings()), longer, em);
        return longer;
    }
}
