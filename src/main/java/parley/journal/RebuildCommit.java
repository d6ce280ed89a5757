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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.room.RoomHeads;
import parley.room.RoomTables;
import parley.sql.Slice;
import parley.sql.Statements;
import parley.sql.Undo;

/** The transactions of {@link Rebuilding}. Each is short. */
@ApplicationScoped
class RebuildCommit {

    /** The most messages that one transaction replaces, which blocks the writers of the room. */
    private static final int SLICE = 200;
    /** After this time without progress, a rebuild counts as ended. */
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(2);
    private static final long FORGOTTEN_AT_ONCE = 5_000;

    private static final String NEXT_SLICE = """
            select count(*), max(log_offset) from (
              select log_offset from message where room = ? and log_offset > ? order by log_offset limit %d) next""".formatted(SLICE);

    /** A rebuild that its instance did not end. */
    record Abandoned(String room, String shadow) {}

    /** The outcome of {@link #begin}. */
    enum Begun { YES, NO_SUCH_ROOM, RUNNING }

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Resource
    private TransactionSynchronizationRegistry transaction;
    @Inject
    private RoomHeads heads;
    @Inject
    private RoomLog log;
    @Inject
    private RoomTables tables;
    @Inject
    private Copies copies;
    @Inject
    private CopiesCommit moving;
    @Inject
    @Any
    private Instance<Projection> projections;

    /** Registers a rebuild, unless another of the same room runs. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Begun begin(Rebuild rebuild, Instant now) {
        if (heads.lock(List.of(rebuild.room())).isEmpty()) {
            return Begun.NO_SUCH_ROOM;
        }
        if (Statements.finds(em, "select 1 from rebuild where room = ?", rebuild.room())) {
            return Begun.RUNNING;
        }
        Statements.update(em, "insert into rebuild (room, shadow, touched_at) values (?, ?, ?)", rebuild.room(), rebuild.shadow(),
                now.toEpochMilli());
        return Begun.YES;
    }

    /** Derives the next messages under the shadow. Returns whether there were more events. Blocks nobody. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean derive(Rebuild rebuild, Instant now) {
        return Undo.onError(transaction, () -> {
            claim(rebuild, now);
            return deriveNext(rebuild);
        });
    }

    private boolean deriveNext(Rebuild rebuild) {
        List<RoomEvent> page = log.events(rebuild.room(), rebuild.position());
        List<RoomEvent> derived = rebuild.take(page);
        projections.forEach(projection -> projection.project(derived, true, em));
        return !page.isEmpty();
    }

    /** Replaces the next slice of the room's messages, with its head locked, and at the end its members. Returns whether more is left. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean replace(Rebuild rebuild, Instant now) {
        return Undo.onError(transaction, () -> {
            heads.lock(List.of(rebuild.room()));
            claim(rebuild, now);
            while (deriveNext(rebuild)) {
                em.flush();
            }
            forgetWithRetention(rebuild);
            long upTo = Math.min(endOfSlice(rebuild.room(), rebuild.replaced()), endOfSlice(rebuild.shadow(), rebuild.replaced()));
            Slice slice = new Slice(rebuild.room(), rebuild.replaced(), upTo);
            boolean copied = copies.needed();
            projections.forEach(projection -> projection.replace(slice, rebuild.shadow(), copied, em));
            if (copied) {
                moving.restored(slice);
            } else {
                moving.move(slice, rebuild.shadow());
            }
            rebuild.replacedUpTo(upTo);
            if (upTo == Long.MAX_VALUE && rebuild.events() > 0) {
                tables.restore(rebuild.view(), rebuild.closedAt(), em);
            }
            return upTo < Long.MAX_VALUE;
        });
    }

    private long endOfSlice(String room, long after) {
        return Statements.query(em, row -> row.getLong(1) < SLICE ? Long.MAX_VALUE : row.getLong(2), NEXT_SLICE, room, after).getFirst();
    }

    // Retention removes messages from the log in the order of their offsets. The shadow may have them still.
    private void forgetWithRetention(Rebuild rebuild) {
        List<Long> first = em.createQuery("select e.offset from LogEntry e where e.room = :room and e.type in :content order by e.offset",
                        Long.class).setParameter("room", rebuild.room()).setParameter("content", MessageChange.TYPES).setMaxResults(1)
                .getResultList();
        long gone = first.isEmpty() ? Long.MAX_VALUE : first.getFirst() - 1;
        projections.forEach(projection -> projection.forget(rebuild.shadow(), gone, em));
    }

    private void claim(Rebuild rebuild, Instant now) {
        if (Statements.update(em, "update rebuild set touched_at = ? where room = ? and shadow = ?", now.toEpochMilli(), rebuild.room(),
                rebuild.shadow()) == 0) {
            throw new IllegalStateException("The rebuild of room " + rebuild.room() + " was taken for ended");
        }
    }

    /** The rebuilds that made no progress for two minutes. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Abandoned> abandoned(Instant now) {
        return Statements.query(em, row -> new Abandoned(row.getString(1), row.getString(2)),
                "select room, shadow from rebuild where touched_at < ?", now.minus(ABANDONED_AFTER).toEpochMilli());
    }

    /** Removes rows of a shadow, from the lowest offsets on. Returns whether more may be left. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean forget(String shadow) {
        long first = Statements.query(em, row -> row.getLong(1),
                "select coalesce(min(log_offset), -1) from message where room = ?", shadow).getFirst();
        long upTo = first < 0 ? Long.MAX_VALUE : first + FORGOTTEN_AT_ONCE;
        projections.forEach(projection -> projection.forget(shadow, upTo, em));
        return first >= 0;
    }

    /** Ends a rebuild. Its shadow has no rows any more. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void end(String shadow) {
        Statements.update(em, "delete from rebuild where shadow = ?", shadow);
    }
}
