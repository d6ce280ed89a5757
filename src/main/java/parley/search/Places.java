package parley.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.BytesRef;
import parley.message.MessagePlace;

/** The places of the messages that a query finds in the index, in order. For one search and one thread. */
final class Places {

    /** Up to this number, all messages that are found are counted. */
    static final int MOST_COUNTED = 1_000;

    private final IndexSearcher searcher;
    private final Query query;
    private final boolean byTime;
    private final long asOf;
    private boolean mayHaveMore = true;
    private OptionalInt total = OptionalInt.empty();

    /** A message, and the cursor of the results after it. */
    record Place(MessagePlace message, Cursor cursor) {}

    /**
     * @param searcher of which only the reader is used
     * @param asOf the time by which newer messages rank higher, in milliseconds
     * @param deadline of the whole search ({@link System#nanoTime})
     */
    Places(IndexSearcher searcher, SearchRequest request, List<String> rooms, long asOf, long deadline) {
        this.searcher = new IndexSearcher(searcher.getIndexReader());
        // Nobody searches twice in the same rooms for the same words.
        this.searcher.setQueryCache(null);
        this.searcher.setTimeout(() -> System.nanoTime() - deadline >= 0);
        this.asOf = asOf;
        byTime = request.byTime();
        query = Queries.of(request.wanted(), rooms, asOf);
    }

    /** The next places after a cursor, at most {@code most}. */
    List<Place> after(Optional<Cursor> cursor, int most) throws IOException {
        int documents = searcher.getIndexReader().maxDoc();
        if (documents == 0) {
            mayHaveMore = false;
            return List.of();
        }
        FieldDoc after = cursor.map(place -> document(place, documents - 1)).orElse(null);
        TopFieldDocs found = searcher.search(query, new TopFieldCollectorManager(byTime ? SearchIndex.BY_TIME : SearchIndex.BY_SCORE, most,
                after, MOST_COUNTED));
        mayHaveMore = found.scoreDocs.length == most;
        if (found.totalHits.relation() == TotalHits.Relation.EQUAL_TO && !timedOut()) {
            total = OptionalInt.of((int) found.totalHits.value());
        }
        List<Place> places = new ArrayList<>(found.scoreDocs.length);
        for (ScoreDoc document : found.scoreDocs) {
            places.add(place(((FieldDoc) document).fields));
        }
        return places;
    }

    /** Whether there may be places after the last ones. */
    boolean mayHaveMore() {
        return mayHaveMore;
    }

    /** How many messages the query finds, if that was counted. */
    OptionalInt total() {
        return total;
    }

    /** Whether the time was over before all places were found. */
    boolean timedOut() {
        return searcher.timedOut();
    }

    private Place place(Object[] keys) {
        int first = byTime ? 0 : 1;
        float score = byTime ? 0 : (Float) keys[0];
        long at = (Long) keys[first];
        long offset = (Long) keys[first + 1];
        String room = ((BytesRef) keys[first + 2]).utf8ToString();
        return new Place(new MessagePlace(room, offset), new Cursor(asOf, score, at, offset, room));
    }

    // All documents with the same keys are before it.
    private FieldDoc document(Cursor cursor, int last) {
        BytesRef room = new BytesRef(cursor.room());
        return new FieldDoc(last, Float.NaN, byTime ? new Object[] {cursor.at(), cursor.offset(), room}
                : new Object[] {cursor.score(), cursor.at(), cursor.offset(), room});
    }
}
