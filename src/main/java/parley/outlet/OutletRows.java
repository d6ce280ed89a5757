package parley.outlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import parley.settings.Settings;
import parley.sql.Rows;
import parley.sql.Statements;

/** The tables {@code outlet} and {@code outlet_attempt}, for the runs. Each call is a transaction of its own and waits for the database. */
@ApplicationScoped
class OutletRows {

    /** Longer than a run takes. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final String BEHIND = """
            select o.id, o.kind, o.room, o.types, o.share, o.log_offset, o.failures, o.failing_since, r.epoch, r.head
            from outlet o join room r on r.id = o.room
            where o.due_at <= ? and o.leased_until <= ? and o.disabled_at is null and o.log_offset < r.head
              and r.closed_at is null and r.retention <> 'none' and o.kind = any(?) and not (o.share = any(?))
              and (o.failures > 0) = ?
            order by o.due_at limit""";
    private static final Rows<Stored> ATTEMPTS = Rows.<Stored>of("outlet_attempt").text("outlet", Stored::outlet)
            .number("at", stored -> stored.attempt.at().toEpochMilli()).text("event", stored -> stored.attempt.event())
            .text("event_type", stored -> stored.attempt.type()).text("status", stored -> stored.attempt.status())
            .number("attempt", stored -> (long) stored.attempt.attempt()).number("millis", stored -> (long) stored.attempt.millis())
            .text("answer", stored -> stored.attempt.answer().isEmpty() ? null : stored.attempt.answer());

    private record Stored(String outlet, Attempt attempt) {}

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Settings settings;

    /**
     * Leases outlets that are behind and due, those first that have been due for longest.
     *
     * @param kinds of the outlets
     * @param without shares that have enough threads
     * @param failing whether to lease outlets that fail, or those that don't
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Run> lease(int most, Collection<String> kinds, Collection<String> without, boolean failing, Instant now) {
        if (most <= 0) {
            return List.of();
        }
        String lease = settings.instance().name() + " " + UUID.randomUUID();
        List<Run> leased = new ArrayList<>();
        for (Run run : Statements.query(em, row -> run(row, lease), BEHIND + " " + most, now.toEpochMilli(), now.toEpochMilli(),
                kinds.toArray(String[]::new), without.toArray(String[]::new), failing)) {
            if (Statements.update(em, "update outlet set lease = ?, leased_until = ? where id = ? and leased_until <= ? and log_offset = ?",
                    lease, now.plus(LEASE).toEpochMilli(), run.consumer().id(), now.toEpochMilli(), run.offset()) == 1) {
                leased.add(run);
            }
        }
        return leased;
    }

    /** Stores what follows from a run, and its attempts. Returns false if the outlet was removed or leased again meanwhile. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean settle(Run run, Settlement after, List<Attempt> attempts, Instant now) {
        String outlet = run.consumer().id();
        boolean settled = Statements.update(em, """
                update outlet set log_offset = ?, failures = ?, failing_since = ?, due_at = ?,
                disabled_at = coalesce(cast(? as bigint), disabled_at), disabled_why = coalesce(cast(? as varchar), disabled_why),
                leased_until = 0 where id = ? and lease = ?""", after.offset(), after.failures(),
                after.failingSince().map(Instant::toEpochMilli).orElse(null), after.due().toEpochMilli(),
                after.disabled().isPresent() ? (Long) now.toEpochMilli() : null, after.disabled().orElse(null), outlet, run.lease()) == 1;
        if (settled && !attempts.isEmpty()) {
            ATTEMPTS.insert(em, attempts.subList(Math.max(0, attempts.size() - Attempt.MOST), attempts.size()).stream()
                    .map(attempt -> new Stored(outlet, attempt)).toList());
            Statements.update(em, "delete from outlet_attempt where outlet = ? and id <= "
                    + "(select id from outlet_attempt where outlet = ? order by id desc limit 1 offset " + Attempt.MOST + ")", outlet,
                    outlet);
        }
        return settled;
    }

    /** The rooms that have outlets. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Set<String> rooms() {
        return new HashSet<>(Statements.query(em, row -> row.getString(1),
                "select distinct room from outlet where disabled_at is null"));
    }

    /** Ends the leases of a former run of this instance. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void release() {
        Statements.update(em, "update outlet set leased_until = 0 where leased_until > 0 and substring(lease from 1 for "
                + (settings.instance().name().length() + 1) + ") = ?", settings.instance().name() + " ");
    }

    private static Run run(ResultSet row, String lease) throws SQLException {
        Consumer consumer = new Consumer(row.getString(1), row.getString(2), row.getString(3), row.getInt(7));
        String types = row.getString(4);
        long since = row.getLong(8);
        return new Run(consumer, types == null ? Set.of() : Set.of(types.split(",")), row.getString(5), row.getLong(6), row.getString(9),
                row.getLong(10), row.wasNull() || since == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(since)), lease);
    }
}
