package parley.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Makes queries of the index. Pure. */
final class Queries {

    private static final float STEM_WEIGHT = 0.6f;
    /** A word in a file says less about a message than one in its text. */
    private static final float CONTENT_WEIGHT = 0.4f;
    /** How much the newest message ranks higher than an old one, compared with the score of a rare word, which is about 10. */
    private static final float FRESH_WEIGHT = 1;
    private static final long HALF_FRESH_MILLIS = 30L * 24 * 60 * 60 * 1_000;

    private Queries() {
    }

    /** A word of a query, as it is and with its stems. */
    private record Word(String itself, List<String> stems) {}

    /**
     * The query for what is wanted, in these rooms only.
     *
     * @param now the time by which newer messages rank higher
     */
    static Query of(Wanted wanted, List<String> rooms, long now) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        query.add(KeywordField.newSetQuery(IndexedMessage.ROOM, rooms.stream().map(BytesRef::new).toList()), Occur.FILTER);
        wanted.by().ifPresent(by -> query.add(new TermQuery(new Term(IndexedMessage.BY, by)), Occur.FILTER));
        wanted.has().forEach(has -> query.add(new TermQuery(new Term(IndexedMessage.HAS, has.wire())), Occur.FILTER));
        if (wanted.before().isPresent() || wanted.after().isPresent()) {
            long from = wanted.after().map(after -> after.toEpochMilli()).orElse(Long.MIN_VALUE);
            long to = wanted.before().map(before -> before.toEpochMilli() - 1).orElse(Long.MAX_VALUE);
            query.add(LongField.newRangeQuery(IndexedMessage.AT, from, to), Occur.FILTER);
        }
        if (wanted.ranks()) {
            query.add(LongField.newDistanceFeatureQuery(IndexedMessage.AT, FRESH_WEIGHT, now, HALF_FRESH_MILLIS), Occur.SHOULD);
            query.add(ofText(wanted), Occur.MUST);
        } else {
            query.add(ofText(wanted), Occur.FILTER);
        }
        return query.build();
    }

    /** The part of the query that concerns the text. */
    static Query ofText(Wanted wanted) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        boolean any = false;
        for (Clause clause : wanted.clauses()) {
            Optional<Query> found = anywhere(clause);
            if (found.isPresent()) {
                query.add(found.get(), clause.excluded() ? Occur.MUST_NOT : Occur.MUST);
                any |= !clause.excluded();
            }
        }
        if (any) {
            return query.build();
        }
        // Punctuation alone finds nothing.
        return wanted.ranks() ? new MatchNoDocsQuery("no words") : query.add(MatchAllDocsQuery.INSTANCE, Occur.MUST).build();
    }

    // In the message's own text or in its files.
    private static Optional<Query> anywhere(Clause clause) {
        return of(clause, IndexedMessage.WORDS).map(text -> new DisjunctionMaxQuery(List.of(text,
                new BoostQuery(of(clause, IndexedMessage.CONTENT).orElseThrow(), CONTENT_WEIGHT)), 0));
    }

    /** The query for one part of what is wanted, in one field, whether it is excluded or not; empty if it has no words. */
    static Optional<Query> of(Clause clause, String field) {
        List<Word> words = words(clause.text());
        if (words.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(switch (clause.kind()) {
            case WORD -> words.size() == 1 ? anyForm(field, words.getFirst()) : phrase(field, words);
            case PHRASE -> phrase(field, words);
            case PREFIX -> prefix(field, words);
        });
    }

    private static Query anyForm(String field, Word word) {
        SynonymQuery.Builder query = new SynonymQuery.Builder(field);
        query.addTerm(new Term(field, word.itself));
        word.stems.forEach(stem -> query.addTerm(new Term(field, stem), STEM_WEIGHT));
        return query.build();
    }

    private static Query phrase(String field, List<Word> words) {
        return words.size() == 1 ? new TermQuery(new Term(field, words.getFirst().itself))
                : new PhraseQuery(field, words.stream().map(Word::itself).toArray(String[]::new));
    }

    // Someone who types finds the word that is complete already in all its forms, and parts of compounds by their beginnings.
    private static Query prefix(String field, List<Word> words) {
        Word last = words.getLast();
        BooleanQuery.Builder beginning = new BooleanQuery.Builder()
                .add(new PrefixQuery(new Term(field, last.itself)), Occur.SHOULD)
                .add(anyForm(field, last), Occur.SHOULD);
        if (!last.stems.isEmpty()) {
            beginning.add(new PrefixQuery(new Term(field, WordForms.begin(Language.GERMAN) + last.itself)), Occur.SHOULD);
        }
        if (words.size() == 1) {
            return beginning.build();
        }
        // Pairs of characters are beginnings already.
        return last.stems.isEmpty() ? phrase(field, words) : new BooleanQuery.Builder()
                .add(phrase(field, words.subList(0, words.size() - 1)), Occur.MUST).add(beginning.build(), Occur.MUST).build();
    }

    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        try (TokenStream terms = WordFilters.OF_QUERIES.tokenStream(IndexedMessage.WORDS, text)) {
            CharTermAttribute term = terms.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute increment = terms.addAttribute(PositionIncrementAttribute.class);
            terms.reset();
            while (terms.incrementToken()) {
                if (increment.getPositionIncrement() > 0) {
                    words.add(new Word(term.toString(), new ArrayList<>()));
                } else {
                    words.getLast().stems.add(term.toString());
                }
            }
            terms.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return words;
    }
}
