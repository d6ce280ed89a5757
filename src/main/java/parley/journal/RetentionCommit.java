package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.protocol.CallChange;
import parley.protocol.MessageChange;
import parley.room.Projection;
import parley.room.RoomHeads;

/** The transaction that removes old messages and calls of a room from its log and its projections. */
@ApplicationScoped
class RetentionCommit {

    /** The most events that one transaction removes. */
    static final int MOST = 500;

    /** The types of the events that retention removes. */
    private static final Set<String> CONTENT = Stream.of(MessageChange.TYPES, CallChange.TYPES).flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private RoomHeads heads;
    @Inject
    private Redaction redaction;
    @Inject
    private LeavingContent leaving;
    @Inject
    @Any
    private Instance<Projection> projections;
    @Inject
    @Any
    private Instance<Rewrites> rewrites;

    private static boolean isBefore(Object[] row, Instant before) {
        return (Long) row[1] < before.toEpochMilli();
    }

    /** Removes the oldest of the messages before a time. Returns their number; {@link #MOST} means that there may be more. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    int forget(String room, Instant before) {
        // The time has no index, so the query has no condition on it. Reads the oldest rows first and stops at the first message that is
        // too young. An edit may be younger than the messages after it if the messages were imported.
        List<Object[]> oldest = em.createQuery("""
                        select e.offset, e.at, e.type from LogEntry e
                        where e.room = :room and e.type in :content order by e.offset""", Object[].class)
                .setParameter("room", room).setParameter("content", CONTENT).setMaxResults(MOST).getResultStream()
                .takeWhile(row -> isBefore(row, before) || row[2].equals(MessageChange.Edited.TYPE)).toList();
        int count = oldest.size();
        while (count > 0 && !isBefore(oldest.get(count - 1), before)) {
            count--;
        }
        List<Long> old = oldest.subList(0, count).stream().map(row -> (Long) row[0]).toList();
        if (old.isEmpty()) {
            return 0;
        }
        // Edits of these messages must not be stored meanwhile, and the journal locks rows in another order.
        heads.lock(List.of(room));
        List<Long> concerned = redaction.concerningForgotten(room, old.getLast(), em);
        leaving.show(room, Leaving.Reason.EXPIRED, Optional.empty(), Stream.concat(old.stream(), concerned.stream()).toList(), em);
        redaction.ofForgotten(room, concerned, em);
        projections.forEach(projection -> projection.forget(room, old.getLast(), em));
        int gone = em.createQuery("delete from LogEntry e where e.room = :room and e.offset <= :upTo and e.type in :content")
                .setParameter("room", room).setParameter("upTo", old.getLast()).setParameter("content", CONTENT)
                .executeUpdate();
        Rewritten rewritten = new Rewritten(room, Optional.of(Leaving.Reason.EXPIRED), Optional.empty(), old);
        rewrites.forEach(told -> told.rewritten(rewritten, em));
        return gone;
    }
}
