package parley.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import de.danielnaber.jwordsplitter.GermanWordSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The parts of German compounds, by a dictionary that takes 5 MB of memory when it is first used. A word takes about 10 µs, so the latest
 * are remembered. Safe for every thread.
 */
final class Compounds {

    private static final int SHORTEST = 7;
    /** The dictionary has no compound of that length, and the time to split one grows with it. */
    private static final int LONGEST = 60;
    private static final int MOST_REMEMBERED = 20_000;

    /** Loaded when a German text is indexed first. */
    private static final class Dictionary {

        private static final GermanWordSplitter SPLITTER = read();
        private static final Cache<String, List<String>> REMEMBERED = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

        private static GermanWordSplitter read() {
            try {
                GermanWordSplitter splitter = new GermanWordSplitter(true);
                splitter.setStrictMode(true);
                return splitter;
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        }
    }

    private Compounds() {
    }

    /** The words that a compound in lower case is made of; none if it is not known to be one. */
    static List<String> parts(String word) {
        return word.length() < SHORTEST || word.length() > LONGEST ? List.of() : Dictionary.REMEMBERED.get(word, Compounds::split);
    }

    private static List<String> split(String word) {
        List<String> parts = Dictionary.SPLITTER.splitWord(word);
        return parts.size() > 1 ? List.copyOf(parts) : List.of();
    }
}
