package parley.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;

/** A language whose words have stems here. A text of another language is found by its words as they are. */
enum Language {
    ENGLISH('e'), GERMAN('d'), FRENCH('f'), SPANISH('s');

    /** The words of each language that nearly every text has, such as articles. */
    private static final class Usual {

        private static final Set<String> ENGLISH = words(english());
        private static final Set<String> GERMAN = words(GermanAnalyzer.getDefaultStopSet());
        private static final Set<String> FRENCH = words(FrenchAnalyzer.getDefaultStopSet());
        private static final Set<String> SPANISH = words(SpanishAnalyzer.getDefaultStopSet());

        // The analyzer's own set has only 33 words.
        private static CharArraySet english() {
            try (InputStream list = SnowballFilter.class.getResourceAsStream("english_stop.txt");
                 Reader reader = new InputStreamReader(list, StandardCharsets.UTF_8)) {
                return WordlistLoader.getSnowballWordSet(reader);
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        }

        private static Set<String> words(CharArraySet all) {
            return all.stream().map(word -> new String((char[]) word)).collect(Collectors.toUnmodifiableSet());
        }
    }

    private final char code;

    Language(char code) {
        this.code = code;
    }

    /** The letter that stands for it in the index. A change makes all indexes useless. */
    char code() {
        return code;
    }

    /** A stemmer of its own. A stemmer serves one thread. */
    SnowballStemmer newStemmer() {
        return switch (this) {
            case ENGLISH -> new EnglishStemmer();
            case GERMAN -> new GermanStemmer();
            case FRENCH -> new FrenchStemmer();
            case SPANISH -> new SpanishStemmer();
        };
    }

    /**
     * The languages that a text of these words may have: the one with most of its usual words in it, and those with at least half as many;
     * all, if there is none. A short text often has several.
     *
     * @param words in lower case
     */
    static Set<Language> of(Collection<String> words) {
        Map<Language, Long> known = new EnumMap<>(Language.class);
        for (Language language : values()) {
            Set<String> usual = language.usual();
            known.put(language, words.stream().filter(usual::contains).count());
        }
        long most = Collections.max(known.values());
        return known.entrySet().stream().filter(language -> 2 * language.getValue() >= most).map(Map.Entry::getKey)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Language.class)));
    }

    private Set<String> usual() {
        return switch (this) {
            case ENGLISH -> Usual.ENGLISH;
            case GERMAN -> Usual.GERMAN;
            case FRENCH -> Usual.FRENCH;
            case SPANISH -> Usual.SPANISH;
        };
    }
}
