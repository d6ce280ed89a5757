package parley.moderation;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.protocol.FoldedWords;
import parley.protocol.Links;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.room.RuleAction;

/**
 * A rule about texts.
 *
 * @param room the room whose messages it is about; empty for all rooms
 * @param pattern for a word: words, the last of which may end with {@code *}; for a link: a host, which stands for the hosts below it
 *         too, or {@code *} for all
 * @param by the id of the person who added it
 */
public record Rule(String id, String room, Kind kind, String pattern, RuleAction action, String by, Instant created) {

    /** The longest pattern, in characters (code points). */
    public static final int LONGEST = 100;
    /** The longest name of a host, as it is looked up. */
    private static final int LONGEST_HOST = 253;
    /** The most words of a pattern. */
    static final int MOST_WORDS = 8;
    /** Stands for the rest of a word, or for every host. */
    static final String ANY = "*";

    private static final int LEAST_BEFORE_ANY = 2;

    /** What a rule looks at. */
    public enum Kind {
        WORD, LINK;

        /** The name on the wire and in the database. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind with this name. */
        public static Optional<Kind> of(String wire) {
            return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
        }
    }

    /**
     * The pattern as it is compared, which is also how two rules are found to be the same.
     *
     * @param words folded words; for a link, the host alone
     * @param isPrefix whether the last word may go on
     */
    record Folded(List<String> words, boolean isPrefix) {}

    Folded folded() {
        if (kind == Kind.LINK) {
            return new Folded(List.of(pattern), false);
        }
        boolean prefix = pattern.endsWith(ANY);
        return new Folded(FoldedWords.usual(prefix ? pattern.substring(0, pattern.length() - 1) : pattern), prefix);
    }

    /** This rule with its pattern as it is stored. */
    Rule normalised() {
        String stripped = pattern.strip();
        String host = stripped.replaceFirst("(?i)^https?:/*", "").replaceFirst("^\\*\\.", "");
        return new Rule(id, room, kind, kind == Kind.LINK && !host.equals(ANY) ? Links.host(host) : stripped, action, by, created);
    }

    /** Refuses a pattern that matches nothing, or too much. */
    Optional<Problem> problem() {
        if (action == RuleAction.ALLOW && (kind == Kind.WORD || pattern.equals(ANY))) {
            return Optional.of(Problem.badRequest("`action` can be allow only for the host of a link."));
        }
        return kind == Kind.WORD ? wordProblem() : linkProblem();
    }

    private Optional<Problem> wordProblem() {
        Folded folded = folded();
        String words = folded.isPrefix ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (folded.words.isEmpty() || !FoldedWords.isPlain(words) || folded.isPrefix && endsBetweenWords(words)) {
            return Optional.of(Problem.badRequest("`pattern` must have letters or digits, with spaces, hyphens or apostrophes between "
                    + "words, and `*` only at the end of a word."));
        }
        if (folded.words.size() > MOST_WORDS) {
            return Optional.of(Problem.badRequest("`pattern` must have at most " + MOST_WORDS + " words."));
        }
        return folded.isPrefix && folded.words.getLast().length() < LEAST_BEFORE_ANY
                ? Optional.of(Problem.badRequest("`pattern` needs at least " + LEAST_BEFORE_ANY + " letters before `*`."))
                : Optional.empty();
    }

    private static boolean endsBetweenWords(String words) {
        int last = words.codePointBefore(words.length());
        return !Character.isLetterOrDigit(last) && Character.getType(last) != Character.NON_SPACING_MARK;
    }

    private Optional<Problem> linkProblem() {
        return !pattern.isEmpty() && pattern.length() <= LONGEST_HOST && TextRules.isStorable(pattern) ? Optional.empty()
                : Optional.of(Problem.badRequest("`pattern` must be a host such as example.com, or `*` for all hosts."));
    }
}
