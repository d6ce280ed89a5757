package parley.people;

import com.ibm.icu.text.Normalizer2;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words by which a person is found, without case and accents. Each is written as the hexadecimal digits of its UTF-8, so that a prefix
 * is a range of an index under every collation. Pure, safe for every thread.
 */
final class SearchWords {

    /** Greater than every digit: {@code word + AFTER} is greater than every word that begins with {@code word}. */
    static final String AFTER = "g";
    /** The most words of a name, and of a query. */
    static final int MOST = 10;

    // In code points; further ones are not searched.
    private static final int LONGEST = 32;
    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFKDInstance();
    private static final Normalizer2 CASELESS = Normalizer2.getNFKCCasefoldInstance();
    private static final String BETWEEN_WORDS = "[^\\p{L}\\p{N}\\p{M}]+";

    private SearchWords() {
    }

    /** The words of a person: those of the name, and the id as a whole. */
    static Set<String> of(String id, String name) {
        Set<String> words = new LinkedHashSet<>(words(name));
        words.add(hex(folded(id)));
        words.remove("");
        return words;
    }

    /** The beginnings that a query asks for: of words of the name, all of which must be there. Empty for a query without a word. */
    static List<String> queried(String query) {
        return words(query);
    }

    /** The beginning of an id that a query asks for; empty for a blank query. */
    static String queriedId(String query) {
        return hex(folded(query.strip()));
    }

    private static List<String> words(String text) {
        return Arrays.stream(folded(text).split(BETWEEN_WORDS)).filter(word -> !word.isEmpty()).map(SearchWords::hex).distinct()
                .limit(MOST).toList();
    }

    private static String folded(String text) {
        return DECOMPOSED.normalize(CASELESS.normalize(text)).codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static String hex(String word) {
        String kept = word.codePoints().limit(LONGEST).mapToObj(Character::toString).collect(Collectors.joining());
        return HexFormat.of().formatHex(kept.getBytes(StandardCharsets.UTF_8));
    }
}
