package parley.room;

/**
 * What the rules say about a text.
 *
 * @param action that of the strictest rule that matches
 * @param pattern the pattern of that rule, for moderators only; empty if none matches
 */
public record Verdict(RuleAction action, String pattern) {

    /** No rule matches. */
    public static final Verdict ALLOWED = new Verdict(RuleAction.ALLOW, "");

    /** The stricter one of two; this one if both are equal. */
    public Verdict or(Verdict other) {
        return other.action.compareTo(action) > 0 ? other : this;
    }
}
