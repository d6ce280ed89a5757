package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import parley.sql.Statements;

/** Reads and writes tables {@code mail_address} and {@code mail_job}. Each call is a transaction, or part of the running one. */
@ApplicationScoped
class MailRows {

    /** Longer than sending a mail takes. */
    static final Duration LEASE = Duration.ofMinutes(5);
    private static final int SECRET_BITS = 160;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A mail that is due. */
    record Job(String person, int attempts) {}

    /** Where mails of a person go. */
    record Address(String address, boolean wanted, String unsubscribe) {}

    /** A notification with the name of its room. */
    record Line(Notification notification, String room) {}

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** Stores the address of a person. Throws if another transaction inserts it at the same time. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void putAddress(String person, String address) {
        if (Statements.update(em, "update mail_address set address = ? where person = ?", address, person) == 0) {
            Statements.update(em, "insert into mail_address (person, address, unsubscribe) values (?, ?, ?)", person, address,
                    new BigInteger(SECRET_BITS, RANDOM).toString(36));
        }
    }

    @Transactional
    Optional<Address> address(String person) {
        return Statements.query(em, row -> new Address(row.getString(1), row.getBoolean(2), row.getString(3)),
                "select address, wanted, unsubscribe from mail_address where person = ?", person).stream().findFirst();
    }

    /** Switches the mails of a person on or off. Returns whether the person has an address. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean want(String person, boolean wanted) {
        return Statements.update(em, "update mail_address set wanted = ? where person = ?", wanted, person) > 0;
    }

    /** Switches the mails off whose link has this secret. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void unsubscribe(String secret) {
        Statements.update(em, "update mail_address set wanted = false where unsubscribe = ?", secret);
    }

    /** Adds a job for each of these people who wants mails and has none, in the running transaction that has reserved notification ids. */
    void add(Collection<String> people, Instant due) {
        Statements.update(em, """
                insert into mail_job (person, due_at) select a.person, cast(? as bigint) from mail_address a
                where a.wanted and a.person = any(?) and not exists (select 1 from mail_job j where j.person = a.person)""",
                due.toEpochMilli(), people.stream().distinct().toArray(String[]::new));
    }

    /** Leases jobs that are due: until the lease ends, no other instance gets them. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Job> lease(Instant now, int most) {
        List<Job> jobs = Statements.query(em, row -> new Job(row.getString(1), row.getInt(2)),
                "select person, attempts from mail_job where due_at <= ? order by due_at limit " + most + " for update skip locked",
                now.toEpochMilli());
        Statements.update(em, "update mail_job set due_at = ? where person = any(?)", now.plus(LEASE).toEpochMilli(),
                jobs.stream().map(Job::person).toArray(String[]::new));
        return jobs;
    }

    /** The unread notifications of a person, newest first, at most {@code most}. */
    @Transactional
    List<Line> unread(String person, int most) {
        return Statements.query(em, row -> new Line(NotificationRows.read(row), row.getString("room_name")), NotificationRows.SELECTED
                + "where n.person = ? and not n.seen order by n.id desc limit " + most, person);
    }

    /** Removes a job that is done. If notifications after this id are unread, another one begins. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void done(String person, long upTo, Instant due) {
        // Adding notifications takes this lock too, so none of them can miss the job that is removed here.
        Statements.query(em, row -> row.getLong(1), "select last from notification_id where id = 1 for update");
        Statements.update(em, "delete from mail_job where person = ?", person);
        if (Statements.finds(em, "select 1 from notification where person = ? and not seen and id > ? limit 1", person, upTo)) {
            add(List.of(person), due);
        }
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void postpone(String person, Instant due, int attempts) {
        Statements.update(em, "update mail_job set due_at = ?, attempts = ? where person = ?", due.toEpochMilli(), attempts, person);
    }
}
