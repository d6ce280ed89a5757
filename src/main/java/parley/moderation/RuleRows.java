package parley.moderation;

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
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.Problem;
import parley.room.RuleAction;
import parley.sql.Statements;

/** The tables of rules. Each call is a transaction and waits for the database. */
@ApplicationScoped
class RuleRows {

    static final String HEAD = "select log_position from text_rule_head where id = 1";

    private static final String SELECT = "select id, room, kind, pattern, act, created_by, created_at from text_rule";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    /** The number of changes so far. */
    @Transactional
    long head() {
        return Statements.query(em, row -> row.getLong(1), HEAD).getFirst();
    }

    /** The rooms whose rules changed after this number of changes; the empty one stands for the installation. */
    @Transactional
    List<String> changedAfter(long position) {
        return Statements.query(em, row -> row.getString(1), "select room from text_rule_change where log_position > ?", position);
    }

    /** The rules of a room, or of the installation, oldest first. */
    @Transactional
    List<Rule> of(String room) {
        return Statements.query(em, RuleRows::rule, SELECT + " where room = ? order by id", room);
    }

    /** Adds a rule; returns why not. */
    @Transactional
    Optional<Problem> add(Rule added, AuditEvent event) {
        change(added.room());
        List<Rule> rules = of(added.room());
        int most = added.room().isEmpty() ? Rules.MOST : Rules.MOST_OF_ROOM;
        if (rules.size() >= most) {
            return Optional.of(Problem.conflict("There are " + most + " rules already. Remove one first."));
        }
        if (!added.room().isEmpty() && ofRooms() >= Rules.MOST_OF_ROOMS) {
            return Optional.of(Problem.conflict("All rooms together have " + Rules.MOST_OF_ROOMS + " rules already."));
        }
        if (rules.stream().anyMatch(rule -> rule.kind() == added.kind() && rule.folded().equals(added.folded()))) {
            return Optional.of(Problem.conflict("There is a rule with this pattern already."));
        }
        Statements.update(em, "insert into text_rule (id, room, kind, pattern, act, created_by, created_at) values (?, ?, ?, ?, ?, ?, ?)",
                added.id(), added.room(), added.kind().wire(), added.pattern(), added.action().wire(), added.by(),
                added.created().toEpochMilli());
        audit.write(List.of(event));
        return Optional.empty();
    }

    private int ofRooms() {
        return Statements.query(em, row -> row.getInt(1), "select count(*) from text_rule where room <> ''").getFirst();
    }

    /** Removes a rule. Returns whether there was one. */
    @Transactional
    boolean remove(Rule removed, AuditEvent event) {
        change(removed.room());
        boolean found = Statements.update(em, "delete from text_rule where id = ?", removed.id()) == 1;
        if (found) {
            audit.write(List.of(event));
        }
        return found;
    }

    /** Removes the rules of a room that is closed in the running transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    void forget(String room) {
        if (Statements.update(em, "delete from text_rule where room = ?", room) > 0) {
            change(room);
        }
    }

    // Locks the head until the transaction ends, so that changes take turns.
    private void change(String room) {
        Statements.update(em, "update text_rule_head set log_position = log_position + 1 where id = 1");
        long position = head();
        if (Statements.update(em, "update text_rule_change set log_position = ? where room = ?", position, room) == 0) {
            Statements.update(em, "insert into text_rule_change (room, log_position) values (?, ?)", room, position);
        }
    }

    private static Rule rule(ResultSet row) throws SQLException {
        return new Rule(row.getString("id"), row.getString("room"), Rule.Kind.of(row.getString("kind")).orElseThrow(),
                row.getString("pattern"), RuleAction.of(row.getString("act")).orElseThrow(), row.getString("created_by"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
