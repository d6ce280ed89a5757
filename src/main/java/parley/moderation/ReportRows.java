package parley.moderation;

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
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.identity.Actor;
import parley.people.Turns;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import parley.sql.Statements;

/** The table {@code report}. Each call is a transaction and waits for the database. */
@ApplicationScoped
class ReportRows {

    /** How long resolved reports are kept. */
    static final Duration KEPT = Duration.ofDays(90);

    /** Who reports what a rule finds: a user id that nobody can sign in with. */
    private static final String SYSTEM = "service:rules";
    private static final String SYSTEM_NAME = "Rules";

    private static final String TABLE = "report";
    private static final String SELECT = """
            select id, room, message_offset, author, author_name, content, reporter, reporter_name, reason, note, created_at, state,
            taken_by, resolved_by, resolved_at, act, rule_pattern from report""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    // When this person reported the n-th last message, counted from 1.
    private Optional<Instant> reportedAt(String reporter, int n) {
        return Statements.query(em, row -> Instant.ofEpochMilli(row.getLong(1)),
                "select created_at from report where reporter = ? order by created_at desc limit 1 offset " + (n - 1), reporter)
                .stream().findFirst();
    }

    /** What this person reported about this message. */
    @Transactional
    Optional<Report> find(String reporter, String room, long message) {
        return Statements.query(em, ReportRows::report, SELECT + " where reporter = ? and room = ? and message_offset = ?", reporter, room,
                message).stream().findFirst();
    }

    /**
     * Adds a report, with an audit event, and forgets old ones. If this person reported the message before, returns that report. Refuses
     * one more than the most.
     */
    @Transactional
    Reports.Outcome add(Report report, String address) {
        Turns.take(report.by().id(), em);
        Optional<Report> before = find(report.by().id(), report.room(), report.message());
        if (before.isPresent()) {
            return new Reports.Outcome.Done(before.get());
        }
        Optional<Problem> refused = reportedAt(report.by().id(), Reports.MOST).flatMap(at -> Reports.refusal(at, report.created()));
        if (refused.isPresent()) {
            return new Reports.Outcome.Refused(refused.get());
        }
        Statements.update(em, """
                insert into report (id, room, message_offset, author, author_name, content, reporter, reporter_name, reason, note,
                created_at, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", report.id(), report.room(), report.message(),
                report.author().id(), report.author().name(), report.text(), report.by().id(), report.by().name(),
                report.reason().name(), report.note(), report.created().toEpochMilli(), report.state().name());
        Statements.update(em, "delete from report where state = 'RESOLVED' and resolved_at < ?",
                report.created().minus(KEPT).toEpochMilli());
        audit.write(List.of(new AuditEvent(report.created(), "message.reported", report.by().id(), report.author().id(), report.room(),
                address, detail(report) + " reason=" + report.reason().wire(), 1)));
        return new Reports.Outcome.Done(report);
    }

    /** Reports the text of a message in the running transaction, because a rule matches it. A rule reports a message once. */
    @Transactional(Transactional.TxType.MANDATORY)
    void flag(RoomEvent event, String pattern) {
        long message = event.change() instanceof MessageChange.Edited edited ? edited.message() : event.offset();
        String text = event.change() instanceof MessageChange.Edited edited ? edited.text()
                : ((MessageChange.Posted) event.change()).text();
        if (!Statements.finds(em, "select 1 from report where reporter = ? and room = ? and message_offset = ?", SYSTEM, event.room(),
                message)) {
            Statements.update(em, """
                    insert into report (id, room, message_offset, author, author_name, content, reporter, reporter_name, reason, note,
                    created_at, state, rule_pattern) values (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, 'OPEN', ?)""", RemovalRows.newId(event.at()),
                    event.room(), message, event.by().id(), event.by().name(), text, SYSTEM, SYSTEM_NAME, Report.Reason.OTHER.name(),
                    event.at().toEpochMilli(), pattern);
        }
    }

    /** The report with this id, if this person may work on it. */
    @Transactional
    Optional<Report> find(String id, Actor by) {
        List<Object> arguments = new ArrayList<>(List.of(id));
        return Statements.query(em, ReportRows::report, SELECT + " where id = ?" + Moderated.by(by, TABLE, arguments),
                arguments.toArray()).stream().findFirst();
    }

    /** As {@link Reports#page}. */
    @Transactional
    List<Report> page(Report.State state, String room, Actor by, String before, int limit) {
        List<Object> arguments = new ArrayList<>(List.of(state.name(), before.isEmpty() ? "g" : before, room, room));
        return Statements.query(em, ReportRows::report, SELECT + " where state = ? and id < ? and (? = '' or room = ?)"
                + Moderated.by(by, TABLE, arguments) + " order by id desc limit " + limit, arguments.toArray());
    }

    /** The last reports of this person, newest first. */
    @Transactional
    List<Report> of(String reporter, int limit) {
        return Statements.query(em, ReportRows::report, SELECT + " where reporter = ? order by created_at desc limit " + limit, reporter);
    }

    /** This moderator works on it. Returns false if another one does, or if it is resolved. */
    @Transactional
    boolean take(String id, String by) {
        return Statements.update(em, "update report set state = 'TAKEN', taken_by = ? where id = ? and (state = 'OPEN' or state = 'TAKEN' "
                + "and taken_by = ?)", by, id, by) == 1;
    }

    /** It is resolved, and so are the other reports of a message that was deleted. With an audit event. */
    @Transactional
    void resolve(Report report, Report.Act act, String by, String address, Instant now) {
        Statements.update(em, "update report set state = 'RESOLVED', resolved_by = ?, resolved_at = ?, act = ? where state <> 'RESOLVED' "
                + "and (id = ? or ? and room = ? and message_offset = ?)", by, now.toEpochMilli(), act.name(), report.id(),
                act == Report.Act.DELETE, report.room(), report.message());
        audit.write(List.of(new AuditEvent(now, "report.resolved", by, report.author().id(), report.room(), address,
                detail(report) + " report=" + report.id() + " act=" + act.wire(), 1)));
    }

    private static String detail(Report report) {
        return "message=" + report.message();
    }

    private static Report report(ResultSet row) throws SQLException {
        long resolved = row.getLong("resolved_at");
        return new Report(row.getString("id"), row.getString("room"), row.getLong("message_offset"),
                new User(row.getString("author"), row.getString("author_name")), row.getString("content"),
                new User(row.getString("reporter"), row.getString("reporter_name")), Report.Reason.valueOf(row.getString("reason")),
                row.getString("note"), Instant.ofEpochMilli(row.getLong("created_at")), Report.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("taken_by")), Optional.ofNullable(row.getString("resolved_by")),
                resolved == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(resolved)),
                Optional.ofNullable(row.getString("act")).map(Report.Act::valueOf), Optional.ofNullable(row.getString("rule_pattern")));
    }
}
