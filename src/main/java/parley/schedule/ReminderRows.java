package parley.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import parley.notify.Notification;
import parley.notify.OwnNotifications;
import parley.people.Access;
import parley.people.People;
import parley.people.Turns;
import parley.protocol.User;
import parley.protocol.Why;
import parley.sql.Statements;

/** Reads and writes table {@code reminder}. Each call is a transaction and waits for the database. */
@ApplicationScoped
class ReminderRows {

    private static final String SELECTED = "select person, id, room, about, content, due_at from reminder ";

    /** What became of reminders that were due. */
    record Fired(int reminders, List<Notification> made) {}

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    private OwnNotifications notifications;
    private Function<String, User> users;
    private Predicate<String> hasAccess;

    /** For the container's proxy. */
    protected ReminderRows() {
    }

    @Inject
    ReminderRows(OwnNotifications notifications, People people, Access access) {
        this(null, notifications, person -> people.user(person).orElseGet(() -> new User(person, person)),
                person -> access.refusal(person).isEmpty());
    }

    ReminderRows(EntityManager em, OwnNotifications notifications, Function<String, User> users, Predicate<String> hasAccess) {
        this.em = em;
        this.notifications = notifications;
        this.users = users;
        this.hasAccess = hasAccess;
    }

    /** The reminders of a person, the earliest first. */
    @Transactional
    List<Reminder> of(String person) {
        return Statements.query(em, ReminderRows::read, SELECTED + "where person = ? order by due_at, id", person);
    }

    @Transactional
    Optional<Reminder> one(String person, String id) {
        return Statements.query(em, ReminderRows::read, SELECTED + "where person = ? and id = ?", person, id).stream().findFirst();
    }

    /** Adds a reminder, unless the person has one with this id. Returns false if the person has {@code most} others. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean add(Reminder made, int most) {
        Turns.take(made.person(), em);
        if (one(made.person(), made.id()).isPresent()) {
            return true;
        }
        if (count(made.person()) >= most) {
            return false;
        }
        Statements.update(em, "insert into reminder (person, id, room, about, content, due_at) values (?, ?, ?, ?, ?, ?)", made.person(),
                made.id(), made.room(), made.about(), made.text(), made.at().toEpochMilli());
        return true;
    }

    private long count(String person) {
        return Statements.query(em, row -> row.getLong(1), "select count(*) from reminder where person = ?", person).getFirst();
    }

    /** Removes a reminder. Returns whether there was one. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean remove(String person, String id) {
        return Statements.update(em, "delete from reminder where person = ? and id = ?", person, id) == 1;
    }

    /**
     * Makes notifications of reminders that are due, at most {@code most}. People whose access ended get none. While notifications are
     * switched off, reminders wait.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Fired fire(Instant now, int most) {
        if (!notifications.areOn()) {
            return new Fired(0, List.of());
        }
        List<Reminder> due = Statements.query(em, ReminderRows::read, SELECTED + "where due_at <= ? order by due_at limit " + most
                + " for update skip locked", now.toEpochMilli());
        if (due.isEmpty()) {
            return new Fired(0, List.of());
        }
        due.forEach(each -> Statements.update(em, "delete from reminder where person = ? and id = ?", each.person(), each.id()));
        return new Fired(due.size(), notifications.add(due.stream().filter(each -> hasAccess.test(each.person()))
                .map(each -> new OwnNotifications.Own(users.apply(each.person()), each.room(), each.about(), Why.REMINDER, each.text()))
                .toList(), now));
    }

    private static Reminder read(ResultSet row) throws SQLException {
        return new Reminder(row.getString("person"), row.getString("id"), row.getString("room"), row.getLong("about"),
                row.getString("content"), Instant.ofEpochMilli(row.getLong("due_at")));
    }
}
