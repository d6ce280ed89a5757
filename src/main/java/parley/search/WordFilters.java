package parley.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * Makes terms of a text: its words, in lower case and without accents, each with its {@link WordForms} at the same position. Chinese,
 * Japanese and Korean become pairs of characters, because they have no blanks. Safe for every thread.
 */
final class WordFilters extends Analyzer {

    /** As messages are indexed: the forms are those of the text's language, and each character of a pair stands alone too. */
    static final Analyzer OF_MESSAGES = new WordFilters(true);
    /** As queries are read: a query is too short to have a language. */
    static final Analyzer OF_QUERIES = new WordFilters(false);

    private static final int ALL_SCRIPTS = CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA
            | CJKBigramFilter.HANGUL;

    private static final int BETWEEN_FILES = 100;

    private final boolean ofMessages;

    private WordFilters(boolean ofMessages) {
        this.ofMessages = ofMessages;
    }

    /** No phrase begins in one file and ends in the next one. */
    @Override
    public int getPositionIncrementGap(String field) {
        return field.equals(IndexedMessage.CONTENT) ? BETWEEN_FILES : 0;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer source = new StandardTokenizer();
        TokenStream words = new LowerCaseFilter(new CJKWidthFilter(source));
        words = new CJKBigramFilter(words, ALL_SCRIPTS, ofMessages);
        // "l'avion" is an "avion".
        words = new WordForms(new ElisionFilter(words, FrenchAnalyzer.DEFAULT_ARTICLES), ofMessages);
        return new TokenStreamComponents(source, new ASCIIFoldingFilter(words));
    }
}
