package parley.schedule;

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
import java.util.List;
import java.util.Optional;
import parley.notify.Notification;
import parley.notify.OwnNotifications;
import parley.people.Turns;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.protocol.Why;
import parley.sql.Statements;

/** Reads and writes table {@code scheduled_message}. Each call is a transaction and waits for the database. */
@ApplicationScoped
class ScheduledRows {

    /** Longer than posting takes. */
    static final Duration LEASE = Duration.ofMinutes(1);
    /** The longest stored reason, in characters. */
    private static final int LONGEST_REASON = 500;
    /** The condition for messages that no instance is posting. */
    private static final String FREE = "(next_at is null or next_at = due_at or postponed)";
    private static final String SELECTED = "select person, id, room, content, thread, also, mentions, everyone, due_at, why_code, "
            + "why_text, " + FREE + " is_free from scheduled_message ";

    /**
     * A message that this instance may post now.
     *
     * @param until when the lease ends; it identifies the lease
     * @param mayBePosted whether an earlier attempt may have posted it
     */
    record Leased(Scheduled scheduled, Instant until, boolean mayBePosted) {}

    private record Due(Scheduled scheduled, boolean isFree) {}

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    private OwnNotifications notifications;

    /** For the container's proxy. */
    protected ScheduledRows() {
    }

    @Inject
    ScheduledRows(OwnNotifications notifications) {
        this.notifications = notifications;
    }

    ScheduledRows(EntityManager em, OwnNotifications notifications) {
        this.em = em;
        this.notifications = notifications;
    }

    /** The messages of a person, the earliest first. */
    @Transactional
    List<Scheduled> of(String person) {
        return Statements.query(em, ScheduledRows::read, SELECTED + "where person = ? order by due_at, id", person);
    }

    @Transactional
    Optional<Scheduled> one(String person, String id) {
        return Statements.query(em, ScheduledRows::read, SELECTED + "where person = ? and id = ?", person, id).stream().findFirst();
    }

    /** Adds a message, unless the person has one with this id. Returns false if the person has {@code most} others. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean add(Scheduled made, int most) {
        Turns.take(made.person(), em);
        if (one(made.person(), made.id()).isPresent()) {
            return true;
        }
        if (count(made.person()) >= most) {
            return false;
        }
        Statements.update(em, "insert into scheduled_message (person, id, room, content, thread, also, mentions, everyone, due_at, next_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", made.person(), made.id(), made.room(), made.text(), made.thread(), made.also(),
                String.join("\n", made.mentions()), made.everyone(), made.at().toEpochMilli(), made.at().toEpochMilli());
        return true;
    }

    private long count(String person) {
        return Statements.query(em, row -> row.getLong(1), "select count(*) from scheduled_message where person = ?", person).getFirst();
    }

    /** Changes a message that no instance is posting, and lets it wait again. Returns whether it did. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean change(Scheduled to) {
        return Statements.update(em, "update scheduled_message set content = ?, mentions = ?, everyone = ?, due_at = ?, next_at = ?, "
                + "postponed = false, why_code = null, why_text = null where person = ? and id = ? and " + FREE, to.text(),
                String.join("\n", to.mentions()), to.everyone(), to.at().toEpochMilli(), to.at().toEpochMilli(), to.person(), to.id()) == 1;
    }

    /** Removes a message that no instance is posting. Returns whether it did. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean remove(String person, String id) {
        return Statements.update(em, "delete from scheduled_message where person = ? and id = ? and " + FREE, person, id) == 1;
    }

    /** Whether a message or a reminder is due. One query for both: every instance asks once a second. */
    @Transactional
    boolean isAnyDue(Instant now) {
        return Statements.finds(em, "select 1 from scheduled_message where next_at <= ? union all select 1 from reminder where due_at <= ? "
                + "limit 1", now.toEpochMilli(), now.toEpochMilli());
    }

    /** Leases messages that are due, the earliest first: until the lease ends, no other instance gets them. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Leased> lease(Instant now, int most) {
        return leased(Statements.query(em, ScheduledRows::due, SELECTED + "where next_at <= ? order by next_at, due_at limit " + most
                + " for update skip locked", now.toEpochMilli()), now);
    }

    /** Leases this message, if no instance is posting it. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<Leased> lease(String person, String id, Instant now) {
        return leased(Statements.query(em, ScheduledRows::due, SELECTED + "where person = ? and id = ? and " + FREE
                + " for update", person, id), now).stream().findFirst();
    }

    private List<Leased> leased(List<Due> found, Instant now) {
        Instant until = now.plus(LEASE);
        List<Leased> leased = new ArrayList<>();
        for (Due due : found) {
            Scheduled each = due.scheduled;
            // A message whose next time is its own time is not leased.
            Instant own = until.toEpochMilli() == each.at().toEpochMilli() ? until.plusMillis(1) : until;
            Statements.update(em, "update scheduled_message set next_at = ?, postponed = false where person = ? and id = ?",
                    own.toEpochMilli(), each.person(), each.id());
            leased.add(new Leased(each, own, !due.isFree));
        }
        return leased;
    }

    /** It was posted. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void done(Leased lease) {
        Statements.update(em, "delete from scheduled_message where person = ? and id = ?", lease.scheduled.person(), lease.scheduled.id());
    }

    /**
     * It will be tried again at a time.
     *
     * @param isFree whether it was surely not posted, so that its author may change or remove it until then
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void postpone(Leased lease, Instant next, boolean isFree) {
        Statements.update(em, "update scheduled_message set next_at = ?, postponed = ? where person = ? and id = ? and next_at = ?",
                next.toEpochMilli(), isFree, lease.scheduled.person(), lease.scheduled.id(), lease.until.toEpochMilli());
    }

    /** It was refused: it stays, and the person is notified. Returns what to announce. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Notification> refused(Leased lease, User author, Problem why, Instant now) {
        Scheduled scheduled = lease.scheduled;
        String text = why.message().substring(0, Math.min(why.message().length(), LONGEST_REASON));
        boolean held = Statements.update(em, "update scheduled_message set next_at = null, why_code = ?, why_text = ? where person = ? and "
                + "id = ? and next_at = ?", why.code().wire(), text, scheduled.person(), scheduled.id(), lease.until.toEpochMilli()) == 1;
        return held ? notifications.add(List.of(new OwnNotifications.Own(author, scheduled.room(), 0, Why.UNSENT, text)), now) : List.of();
    }

    /** It was refused when the person sent it: it waits as before, or stays refused for this reason. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void release(Leased lease) {
        Scheduled scheduled = lease.scheduled;
        Statements.update(em, "update scheduled_message set next_at = case when why_code is null then due_at end where person = ? and "
                + "id = ? and next_at = ?", scheduled.person(), scheduled.id(), lease.until.toEpochMilli());
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(read(row), row.getBoolean("is_free"));
    }

    private static Scheduled read(ResultSet row) throws SQLException {
        String code = row.getString("why_code");
        String mentions = row.getString("mentions");
        return new Scheduled(row.getString("person"), row.getString("id"), row.getString("room"), row.getString("content"),
                row.getLong("thread"), row.getBoolean("also"), mentions.isEmpty() ? List.of() : List.of(mentions.split("\n")),
                row.getBoolean("everyone"), Instant.ofEpochMilli(row.getLong("due_at")),
                code == null ? Optional.empty() : Optional.of(new Scheduled.Refusal(code, row.getString("why_text"))));
    }
}
