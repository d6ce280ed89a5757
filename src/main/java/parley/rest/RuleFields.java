package parley.rest;

import java.util.List;
import java.util.Optional;
import parley.moderation.Rule;
import parley.moderation.Rules;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;
import parley.room.RuleAction;

/** Rules as requests and answers have them. */
final class RuleFields {

    private static final int LONGEST_WORD = 16;
    /** The longest name of a host. */
    private static final int LONGEST_PATTERN = 253;

    private RuleFields() {
    }

    /** A rule as JSON. */
    record RuleBody(String id, String kind, String pattern, String action, String by, String created) {

        static RuleBody of(Rule rule) {
            return new RuleBody(rule.id(), rule.kind().wire(), rule.pattern(), rule.action().wire(), rule.by(),
                    WireTime.text(rule.created()));
        }
    }

    /** All rules of a room, or of the installation. */
    record RulesBody(List<RuleBody> rules) {

        static RulesBody of(List<Rule> rules) {
            return new RulesBody(rules.stream().map(RuleBody::of).toList());
        }
    }

    /** Reads {@code {"kind","pattern","action"}}. */
    static Rules.Wanted wanted(Fields fields) {
        Optional<Rule.Kind> kind = Rule.Kind.of(fields.line("kind", LONGEST_WORD));
        Optional<RuleAction> action = RuleAction.of(fields.line("action", LONGEST_WORD));
        if (kind.isEmpty()) {
            fields.wrong(Problem.badRequest("`kind` must be word or link."));
        }
        if (action.isEmpty()) {
            fields.wrong(Problem.badRequest("`action` must be block, hold, flag or allow."));
        }
        String pattern = fields.line("pattern", kind.filter(Rule.Kind.LINK::equals).isPresent() ? LONGEST_PATTERN : Rule.LONGEST);
        return new Rules.Wanted(kind.orElse(Rule.Kind.WORD), pattern, action.orElse(RuleAction.BLOCK));
    }
}
