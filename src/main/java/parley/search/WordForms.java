package parley.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.tartarus.snowball.SnowballStemmer;

/**
 * Adds to each word its stems, and the parts of a German compound, at the same position. Their terms begin with a mark and the language, so
 * they are never equal to a word of another language. Reads all words of the text first to detect its language.
 */
final class WordForms extends TokenFilter {

    /** Begins the term of a stem. No word has it. */
    private static final char MARK = '\u001f';
    private static final String WORD = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.ALPHANUM];

    private record Word(String text, boolean hasStems, State state) {}

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final TypeAttribute type = addAttribute(TypeAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final Map<Language, SnowballStemmer> stemmers = new EnumMap<>(Language.class);
    private final boolean ofMessages;
    private Iterator<Word> words;
    private Set<Language> languages = EnumSet.allOf(Language.class);
    private Word word;
    private Iterator<String> forms = List.<String>of().iterator();

    /**
     * @param ofMessages whether to add only the stems of the text's language, and the parts of compounds; otherwise, those of each language
     */
    WordForms(TokenStream words, boolean ofMessages) {
        super(words);
        this.ofMessages = ofMessages;
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (words == null) {
            words = readAll().iterator();
        }
        if (forms.hasNext()) {
            restoreState(word.state);
            term.setEmpty().append(forms.next());
            increment.setPositionIncrement(0);
            return true;
        }
        if (!words.hasNext()) {
            return false;
        }
        word = words.next();
        restoreState(word.state);
        forms = word.hasStems ? forms(word.text).iterator() : forms;
        return true;
    }

    private List<Word> readAll() throws IOException {
        List<Word> all = new ArrayList<>();
        while (input.incrementToken()) {
            all.add(new Word(term.toString(), type.type().equals(WORD), captureState()));
        }
        if (ofMessages) {
            languages = Language.of(all.stream().map(Word::text).toList());
        }
        return all;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        words = null;
        forms = List.<String>of().iterator();
    }

    private Collection<String> forms(String text) {
        Set<String> terms = new LinkedHashSet<>();
        languages.forEach(language -> terms.add(stem(text, language)));
        if (ofMessages && languages.contains(Language.GERMAN)) {
            Compounds.parts(text).forEach(part -> terms.add(stem(part, Language.GERMAN)));
        }
        return terms;
    }

    private String stem(String text, Language language) {
        SnowballStemmer stemmer = stemmers.computeIfAbsent(language, Language::newStemmer);
        stemmer.setCurrent(text);
        stemmer.stem();
        return begin(language) + stemmer.getCurrent();
    }

    /** How the terms of all stems of a language begin. */
    static String begin(Language language) {
        return "" + MARK + language.code();
    }
}
