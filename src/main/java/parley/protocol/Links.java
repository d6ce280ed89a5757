package parley.protocol;

import com.ibm.icu.text.IDNA;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the links to pages in a text: http and https, outside of code. Pure, safe for every thread. Takes time in proportion to the length
 * of the text, because it reads every message that is posted.
 */
public final class Links {

    /** The most links of a text that count. */
    static final int MOST = 3;
    /** The longest link that counts, in UTF-16 units. */
    static final int LONGEST = 1_000;

    // The quantifiers are possessive, so each character is read once.
    private static final Pattern LINK = Pattern.compile("(?i)\\bhttps?://[^\\s<>\"'`\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]++");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)(?:https?:[/\\\\]{2,}+|(?<![\\p{L}\\p{N}./\\\\@])(?=www\\.))([^\\s<>\"'`]++)");
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Cf}._\\u3002\\uff0e\\uff61-]++");
    private static final IDNA IDN = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE);
    private static final String SCHEME_END = "://";
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";
    private static final String PUNCTUATION = ".,;:!?*_~";
    private static final int FENCE = 3;

    private Links() {
    }

    /** The first links of a text, each once, in its order. */
    public static List<String> of(String text) {
        if (!text.contains(SCHEME_END)) {
            return List.of();
        }
        Matcher links = LINK.matcher(withoutCode(text));
        return links.results().map(link -> withoutClosing(link.group())).filter(link -> link.length() <= LONGEST)
                .filter(link -> link.length() > link.indexOf(SCHEME_END) + SCHEME_END.length()).distinct().limit(MOST).toList();
    }

    /**
     * The hosts of all links of a text, each once: those in code too, and those that begin with {@code www}, which the page makes links
     * of. ASCII in lower case, as a browser would ask for them; a host that can't be read is the empty string.
     */
    public static Set<String> hosts(String text) {
        Set<String> hosts = new LinkedHashSet<>();
        ADDRESS.matcher(text).results().forEach(address -> hosts.add(host(address.group(1))));
        return hosts;
    }

    /** A host as {@link #hosts} returns it, of what someone wrote; empty if it is none. */
    public static String host(String written) {
        // Browsers take a backslash for a slash, and read escapes.
        String authority = written.split("[/\\\\?#]", 2)[0];
        String named = unescaped(authority.substring(authority.lastIndexOf('@') + 1));
        Matcher host = HOST.matcher(named);
        if (!host.lookingAt()) {
            return "";
        }
        IDNA.Info info = new IDNA.Info();
        String ascii = IDN.nameToASCII(host.group(), new StringBuilder(), info).toString();
        return info.hasErrors() && !ascii.matches("[a-z0-9._-]+") ? "" : ascii.replaceAll("[.-]+$", "");
    }

    private static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }

    /** Whether {@link #of} finds a link. */
    public static boolean areIn(String text) {
        return !of(text).isEmpty();
    }

    private static String withoutCode(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        String fence = "";
        for (String line : text.split("\n", -1)) {
            String mark = fence(line.strip());
            if (fence.isEmpty()) {
                fence = mark;
                rest.append(mark.isEmpty() ? withoutInlineCode(line) : "").append('\n');
            } else if (mark.startsWith(fence) && mark.length() == line.strip().length()) {
                fence = "";
            }
        }
        return rest.toString();
    }

    // The marks that a line begins with, if it begins or ends a block of code.
    private static String fence(String line) {
        int length = line.startsWith("```") || line.startsWith("~~~") ? run(line, 0) : 0;
        return length >= FENCE ? line.substring(0, length) : "";
    }

    private static String withoutInlineCode(String line) {
        StringBuilder rest = new StringBuilder(line.length());
        int at = 0;
        for (int open = line.indexOf('`'); open >= 0; open = line.indexOf('`', at)) {
            int length = run(line, open);
            int end = end(line, open + length, length);
            rest.append(line, at, open).append(' ');
            at = end < 0 ? open + length : end;
        }
        return rest.append(line, at, line.length()).toString();
    }

    // The end of the next marks of this length, or -1.
    private static int end(String line, int from, int length) {
        for (int next = line.indexOf('`', from); next >= 0; next = line.indexOf('`', next)) {
            int run = run(line, next);
            next += run;
            if (run == length) {
                return next;
            }
        }
        return -1;
    }

    private static int run(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) == line.charAt(from)) {
            at++;
        }
        return at - from;
    }

    // A closing bracket stays if the link opened it: https://a.example/b_(c)
    private static String withoutClosing(String link) {
        int[] surplus = new int[CLOSING.length()];
        for (int i = 0; i < link.length(); i++) {
            int opened = OPENING.indexOf(link.charAt(i));
            int closed = CLOSING.indexOf(link.charAt(i));
            if (opened >= 0) {
                surplus[opened]--;
            } else if (closed >= 0) {
                surplus[closed]++;
            }
        }
        int end = link.length();
        while (end > 0 && isSurplus(link.charAt(end - 1), surplus)) {
            end--;
        }
        return link.substring(0, end);
    }

    private static boolean isSurplus(char last, int[] surplus) {
        int closed = CLOSING.indexOf(last);
        return closed < 0 ? PUNCTUATION.indexOf(last) >= 0 : surplus[closed]-- > 0;
    }
}
