package parley.moderation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import parley.protocol.FoldedWords;
import parley.protocol.Links;
import parley.room.RuleAction;
import parley.room.Verdict;

/**
 * Rules as one matcher: a tree of words, and a table of hosts. A text costs a look-up for each of its words, however many rules there are,
 * and at most {@value Rule#MOST_WORDS} of them if the rules have long phrases. Immutable, safe for every thread.
 */
final class CompiledRules {

    static final CompiledRules NONE = of(List.of());

    /** A text, read once for all rules. */
    record Read(Collection<List<String>> words, Set<String> hosts) {

        static Read of(String text) {
            return new Read(FoldedWords.of(text), Links.hosts(text));
        }
    }

    /** The words that may follow. */
    private static final class Node {
        private final Map<String, Node> next = new HashMap<>();
        private final Map<String, Verdict> prefixes = new HashMap<>();
        private final TreeSet<Integer> prefixLengths = new TreeSet<>();
        private Verdict end = Verdict.ALLOWED;

        void add(List<String> words, boolean isPrefix, Verdict verdict) {
            String word = words.getFirst();
            if (words.size() > 1) {
                next.computeIfAbsent(word, first -> new Node()).add(words.subList(1, words.size()), isPrefix, verdict);
            } else if (isPrefix) {
                prefixes.merge(word, verdict, Verdict::or);
                prefixLengths.add(word.length());
            } else {
                Node last = next.computeIfAbsent(word, only -> new Node());
                last.end = last.end.or(verdict);
            }
        }

        Verdict prefixOf(String word) {
            Verdict found = Verdict.ALLOWED;
            for (int length : prefixLengths) {
                if (length > word.length()) {
                    return found;
                }
                found = found.or(prefixes.getOrDefault(word.substring(0, length), Verdict.ALLOWED));
            }
            return found;
        }
    }

    private final Node words = new Node();
    private final Map<String, Verdict> hosts = new HashMap<>();
    private final Verdict otherHosts;
    private final boolean isEmpty;

    private CompiledRules(List<Rule> rules) {
        Verdict others = Verdict.ALLOWED;
        for (Rule rule : rules) {
            Verdict verdict = new Verdict(rule.action(), rule.pattern());
            Rule.Folded folded = rule.folded();
            if (rule.kind() == Rule.Kind.WORD) {
                words.add(folded.words(), folded.isPrefix(), verdict);
            } else if (rule.pattern().equals(Rule.ANY)) {
                others = others.or(verdict);
            } else {
                hosts.merge(rule.pattern(), verdict, Verdict::or);
            }
        }
        otherHosts = others;
        isEmpty = rules.isEmpty();
    }

    static CompiledRules of(List<Rule> rules) {
        return new CompiledRules(rules);
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** What the strictest rule that matches says. */
    Verdict of(Read text) {
        Verdict found = Verdict.ALLOWED;
        for (List<String> reading : text.words) {
            for (int i = 0; i < reading.size() && found.action() != RuleAction.BLOCK; i++) {
                found = found.or(from(reading, i));
            }
        }
        for (String host : text.hosts) {
            found = found.or(ofHost(host));
        }
        return found;
    }

    private Verdict from(List<String> reading, int first) {
        Verdict found = Verdict.ALLOWED;
        Node node = words;
        for (int i = first; node != null && i < reading.size(); i++) {
            found = found.or(node.prefixOf(reading.get(i)));
            node = node.next.get(reading.get(i));
            found = node == null ? found : found.or(node.end);
        }
        return found;
    }

    // The rule about the longest part of the host counts.
    private Verdict ofHost(String host) {
        for (String part = host; !part.isEmpty(); part = part.substring(part.indexOf('.') + 1)) {
            Verdict known = hosts.get(part);
            if (known != null) {
                return known;
            }
            if (part.indexOf('.') < 0) {
                break;
            }
        }
        return otherHosts;
    }
}
