package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import parley.sql.Rows;
import parley.sql.Statements;

/**
 * Reads and writes tables {@code push_subscription} and {@code push_job}. Each call is a transaction, or part of the running one. What
 * changes several jobs locks them first, in the order of their ids ({@link #lockJobs}), so that no two transactions wait for each other.
 */
@ApplicationScoped
class PushRows {

    /** The most browsers of a person. */
    static final int MOST = 20;
    /** The most notifications that one push withdraws. */
    static final int MOST_WITHDRAWN = 50;
    /** Jobs of which one lease chooses. */
    private static final int LOOKED_AT = 200;
    /** Longer than a push may take. */
    static final Duration LEASE = Duration.ofMinutes(1);

    /**
     * Something to send to a browser.
     *
     * @param notification what to show; 0 for a withdrawal
     * @param withdrawn the notifications to withdraw
     * @param to empty if the browser is no longer subscribed
     * @param shown the notification as it is now; empty if it is gone
     * @param host of the push service
     */
    record Job(String id, String host, String person, long notification, List<Long> withdrawn, Instant created, int attempts,
               Optional<PushSubscription> to, Optional<Notification> shown) {

        /** Whether the person has read the notification, or it is gone. */
        boolean isDone() {
            return notification > 0 && shown.filter(still -> !still.seen()).isEmpty();
        }
    }

    private record Row(String id, String subscription, String person, long notification, List<Long> withdrawn, Instant created,
                       int attempts, String host) {}

    private record Due(String id, String host) {}

    /** A browser of a person. */
    private record To(String person, String subscription, String host) {}

    /** A job that is not stored yet. */
    private record New(String id, To to, long notification, String withdrawn, long at) {}

    private static final Rows<New> JOBS = Rows.<New>of("push_job").text("id", New::id).text("subscription", made -> made.to.subscription)
            .text("person", made -> made.to.person).text("host", made -> made.to.host).number("notification", New::notification)
            .text("withdrawn", New::withdrawn)
            .number("created_at", New::at).number("due_at", New::at);

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** Stores a subscription; it replaces one with the same endpoint. Throws if another transaction inserted that one at the same time. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void put(PushSubscription subscription, Instant now) {
        int known = Statements.update(em,
                "update push_subscription set person = ?, endpoint = ?, host = ?, p256dh = ?, auth = ?, created_at = ? where id = ?",
                subscription.person(), subscription.endpoint().toString(), PushEndpoints.host(subscription.endpoint()),
                subscription.p256dh(), subscription.auth(), now.toEpochMilli(), subscription.id());
        if (known == 0) {
            Statements.update(em,
                    "insert into push_subscription (person, endpoint, host, p256dh, auth, created_at, id) values (?, ?, ?, ?, ?, ?, ?)",
                    subscription.person(), subscription.endpoint().toString(), PushEndpoints.host(subscription.endpoint()),
                    subscription.p256dh(), subscription.auth(), now.toEpochMilli(), subscription.id());
        }
        // What would be sent to the person who used this browser before.
        removeJobs(em, "subscription = ? and person <> ?", subscription.id(), subscription.person());
        Statements.update(em, """
                delete from push_subscription where person = ? and id in (select id from push_subscription where person = ?
                order by created_at desc, id offset\s""" + MOST + " rows)", subscription.person(), subscription.person());
    }

    /** Removes a subscription of a person, and what would be sent there. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void remove(String id, String person) {
        if (Statements.update(em, "delete from push_subscription where id = ? and person = ?", id, person) > 0) {
            removeJobs(em, "subscription = ?", id);
        }
    }

    /** Removes the jobs that fulfil an SQL condition, in the running transaction. */
    static void removeJobs(EntityManager em, String condition, Object... arguments) {
        Statements.update(em, "delete from push_job where id = any(?)", (Object) lockJobs(em, condition, arguments));
    }

    private static String[] lockJobs(EntityManager em, String condition, Object... arguments) {
        return Statements.query(em, row -> row.getString(1), "select id from push_job where " + condition + " order by id for update",
                arguments).toArray(String[]::new);
    }

    /** Whether any browser is subscribed. */
    @Transactional
    boolean isUsed() {
        return Statements.finds(em, "select 1 from push_subscription limit 1");
    }

    /** Adds jobs that show these notifications in all browsers of their people, in the running transaction. */
    void show(Collection<Notification> made, Instant now) {
        Map<String, List<To>> browsers = browsers(made.stream().map(Notification::person).distinct().toArray(String[]::new));
        JOBS.insert(em, made.stream().flatMap(shown -> browsers.getOrDefault(shown.person(), List.of()).stream().map(browser ->
                new New(UUID.randomUUID().toString(), browser, shown.id(), null, now.toEpochMilli()))).toList());
    }

    /** Adds jobs that withdraw these notifications by person, in the running transaction. */
    void withdraw(Map<String, List<Long>> notifications, Instant now) {
        Map<String, List<To>> browsers = browsers(notifications.keySet().toArray(String[]::new));
        List<New> jobs = new ArrayList<>();
        notifications.forEach((person, ids) -> browsers.getOrDefault(person, List.of()).forEach(browser -> {
            for (int from = 0; from < ids.size(); from += MOST_WITHDRAWN) {
                jobs.add(new New(UUID.randomUUID().toString(), browser, 0, ids.subList(from, Math.min(from + MOST_WITHDRAWN,
                        ids.size())).stream().map(String::valueOf).collect(Collectors.joining(",")), now.toEpochMilli()));
            }
        }));
        JOBS.insert(em, jobs);
    }

    private Map<String, List<To>> browsers(String... people) {
        return Statements.query(em, row -> new To(row.getString(1), row.getString(2), row.getString(3)),
                        "select person, id, host from push_subscription where person = any(?)", (Object) people).stream()
                .collect(Collectors.groupingBy(To::person));
    }

    /** Leases jobs that are due and that their hosts take, oldest first: until the lease ends, no other instance gets them. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Job> lease(Instant now, int most, PushHosts.Openings openings) {
        List<Due> due = openings.choose(Statements.query(em, row -> new Due(row.getString(1), row.getString(2)),
                "select id, host from push_job where due_at <= ? and not (host = any(?)) order by due_at limit " + LOOKED_AT,
                now.toEpochMilli(), openings.closed().toArray(String[]::new)), Due::host, most);
        if (due.isEmpty()) {
            return List.of();
        }
        List<Row> rows = Statements.query(em, PushRows::row, """
                select id, subscription, person, notification, withdrawn, created_at, attempts, host from push_job
                where id = any(?) and due_at <= ? order by due_at for update skip locked""",
                due.stream().map(Due::id).toArray(String[]::new), now.toEpochMilli());
        if (rows.isEmpty()) {
            return List.of();
        }
        Statements.update(em, "update push_job set due_at = ? where id = any(?)", now.plus(LEASE).toEpochMilli(),
                rows.stream().map(Row::id).toArray(String[]::new));
        Map<String, PushSubscription> subscriptions = Statements.query(em, PushRows::subscription,
                        "select id, person, endpoint, p256dh, auth from push_subscription where id = any(?)",
                        (Object) rows.stream().map(Row::subscription).distinct().toArray(String[]::new)).stream()
                .collect(Collectors.toMap(PushSubscription::id, found -> found));
        Map<Long, Notification> shown = Statements.query(em, NotificationRows::read, NotificationRows.SELECTED + "where n.id = any(?)",
                        (Object) rows.stream().map(Row::notification).distinct().toArray(Long[]::new)).stream()
                .collect(Collectors.toMap(Notification::id, found -> found));
        return rows.stream().map(row -> new Job(row.id, row.host, row.person, row.notification, row.withdrawn, row.created, row.attempts,
                Optional.ofNullable(subscriptions.get(row.subscription)), Optional.ofNullable(shown.get(row.notification)))).toList();
    }

    /** Removes a job. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void drop(Job job) {
        Statements.update(em, "delete from push_job where id = ?", job.id());
    }

    /** Removes a job that was sent. If the person read the notification meanwhile, a withdrawal follows. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void sent(Job job, Instant now) {
        // The notification before the job, as in NotificationRows: otherwise a person who reads now and this would wait for each other.
        boolean read = job.notification() > 0 && Statements.update(em, "update notification set pushed = true where id = ? and not seen",
                job.notification()) == 0;
        Statements.update(em, "delete from push_job where id = ?", job.id());
        if (read) {
            withdraw(Map.of(job.person(), List.of(job.notification())), now);
        }
    }

    /** Tries a job again at a time. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void postpone(Job job, Instant due, int attempts) {
        Statements.update(em, "update push_job set due_at = ?, attempts = ? where id = ?", due.toEpochMilli(), attempts, job.id());
    }

    /** Lets the other jobs for the same browser wait too: a push service that doesn't answer must not delay others once per job. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void postponeOthers(Job job, PushSubscription to, Instant due) {
        Statements.update(em, "update push_job set due_at = ? where id = any(?)", due.toEpochMilli(),
                lockJobs(em, "subscription = ? and id <> ? and due_at < ?", to.id(), job.id(), due.toEpochMilli()));
    }

    private static Row row(ResultSet row) throws SQLException {
        String withdrawn = row.getString(5);
        return new Row(row.getString(1), row.getString(2), row.getString(3), row.getLong(4), withdrawn == null ? List.of()
                : Arrays.stream(withdrawn.split(",")).map(Long::valueOf).toList(), Instant.ofEpochMilli(row.getLong(6)), row.getInt(7),
                row.getString(8));
    }

    private static PushSubscription subscription(ResultSet row) throws SQLException {
        return new PushSubscription(row.getString(1), row.getString(2), URI.create(row.getString(3)), row.getString(4), row.getString(5));
    }
}
