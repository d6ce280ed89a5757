package parley.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.FilterCollector;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopFieldCollector;
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

    /** The most messages that are ranked: the newest ones that the query finds. */
    static final int MOST_RANKED = 50_000;

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
        var top = new TopFieldCollectorManager(byTime ? SearchIndex.BY_TIME : SearchIndex.BY_SCORE, most, after, MOST_COUNTED);
        Newest newest = new Newest(top, documents);
        TopFieldDocs found = byTime ? searcher.search(query, top) : searcher.search(query, newest);
        mayHaveMore = found.scoreDocs.length == most;
        if (found.totalHits.relation() == TotalHits.Relation.EQUAL_TO && !timedOut() && !newest.isCut()) {
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

    /**
     * Ranks only the newest of very many documents, so that a common word takes no longer in a large index. The documents of each segment
     * are in the order of time, and each segment has a share by its size.
     */
    private static final class Newest implements CollectorManager<Newest.Some, TopFieldDocs> {

        private static final int SMALLEST_SHARE = 1_000;

        private final TopFieldCollectorManager top;
        private final int documents;
        private boolean isCut;

        Newest(TopFieldCollectorManager top, int documents) {
            this.top = top;
            this.documents = documents;
        }

        /** Whether there were more. */
        boolean isCut() {
            return isCut;
        }

        @Override
        public Some newCollector() {
            return new Some(top.newCollector(), this);
        }

        @Override
        public TopFieldDocs reduce(Collection<Some> collectors) throws IOException {
            return top.reduce(collectors.stream().map(Some::all).toList());
        }

        private static final class Some extends FilterCollector {

            private final TopFieldCollector all;
            private final Newest newest;

            Some(TopFieldCollector all, Newest newest) {
                super(all);
                this.all = all;
                this.newest = newest;
            }

            TopFieldCollector all() {
                return all;
            }

            @Override
            public LeafCollector getLeafCollector(LeafReaderContext segment) throws IOException {
                long share = Math.max(SMALLEST_SHARE, (long) MOST_RANKED * segment.reader().maxDoc() / newest.documents);
                return new FilterLeafCollector(super.getLeafCollector(segment)) {

                    private long left = share;

                    @Override
                    public void collect(int document) throws IOException {
                        if (left-- == 0) {
                            newest.isCut = true;
                            throw new CollectionTerminatedException();
                        }
                        super.collect(document);
                    }

                    @Override
                    public DocIdSetIterator competitiveIterator() throws IOException {
                        return in.competitiveIterator();
                    }
                };
            }
        }
    }
}
