package parley.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.audit.AuditEvent;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.room.RuleAction;

/**
 * Adding and removing rules about texts. Each call waits for the database. The caller has checked who asks. A change applies on this
 * instance when the call returns, and on the others within about a second.
 */
@ApplicationScoped
public class Rules {

    /** The most rules of the installation. */
    public static final int MOST = 1_000;
    /** The most rules of a room. */
    public static final int MOST_OF_ROOM = 100;
    /** The most rules of all rooms together, because each instance knows all of them. */
    public static final int MOST_OF_ROOMS = 20_000;
    /** Stands for the room of a rule of the installation. */
    public static final String EVERYWHERE = "";

    @Inject
    private RuleRows rows;
    @Inject
    private KnownRules known;

    /** What someone wants to add. */
    public record Wanted(Rule.Kind kind, String pattern, RuleAction action) {}

    /** The outcome of {@link #add}. */
    public sealed interface Outcome {

        /** It was added. */
        record Added(Rule rule) implements Outcome {}

        /** It is not done. */
        record Refused(Problem problem) implements Outcome {}
    }

    /** The rules of a room, or {@link #EVERYWHERE}, oldest first. */
    public List<Rule> of(String room) {
        return rows.of(room);
    }

    /** Adds a rule to a room, or {@link #EVERYWHERE}. */
    public Outcome add(String room, Wanted wanted, String by, String address) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        Rule added = new Rule(RemovalRows.newId(now), room, wanted.kind, wanted.pattern, wanted.action, by, now).normalised();
        Optional<Problem> refused = added.problem().or(() -> rows.add(added, event("rule.added", added, by, address)));
        if (refused.isPresent()) {
            return new Outcome.Refused(refused.get());
        }
        known.catchUp();
        return new Outcome.Added(added);
    }

    /** Removes a rule of a room, or {@link #EVERYWHERE}; returns why not. */
    public Optional<Problem> remove(String room, String id, String by, String address) {
        Optional<Rule> found = TextRules.isStorable(id) ? rows.of(room).stream().filter(rule -> rule.id().equals(id)).findFirst()
                : Optional.empty();
        if (found.isEmpty() || !rows.remove(found.get(), event("rule.removed", found.get(), by, address))) {
            return Optional.of(Problem.notFound());
        }
        known.catchUp();
        return Optional.empty();
    }

    private static AuditEvent event(String action, Rule rule, String by, String address) {
        return new AuditEvent(Instant.now(), action, by, null, rule.room().isEmpty() ? null : rule.room(), address,
                "rule=" + rule.id() + " kind=" + rule.kind().wire() + " action=" + rule.action().wire() + " pattern=" + rule.pattern(), 1);
    }
}
