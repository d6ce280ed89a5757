package parley.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import parley.protocol.Message;
import parley.protocol.SearchPage;

/** Which parts of a message's present text a query finds, and whether it finds the message at all. For one thread. */
final class Highlights {

    /** The most parts of a text that are highlighted: the first ones. */
    static final int MOST = 100;

    private final Query query;

    /** @param query as {@link Queries} makes it */
    Highlights(Query query) {
        this.query = query;
    }

    /** The parts of the message's text, in order and without overlaps; nothing if the query does not find the message. */
    Optional<List<SearchPage.Range>> of(Message message) {
        List<String> texts = IndexedMessage.texts(message);
        Optional<Matches> all = matches(texts);
        // Offsets in several texts don't say in which one they are.
        Optional<Matches> own = all.isEmpty() || texts.size() == 1 ? all : matches(List.of(message.text()));
        return all.map(found -> own.map(matches -> ranges(message.text(), matches)).orElse(List.of()));
    }

    /** Texts that several queries are asked of. */
    static IndexSearcher words(List<String> texts) {
        MemoryIndex index = new MemoryIndex(true);
        texts.forEach(text -> index.addField(IndexedMessage.WORDS, text, WordFilters.OF_MESSAGES));
        return index.createSearcher();
    }

    /** Whether the query finds these texts. */
    boolean isIn(IndexSearcher words) {
        return matches(words).isPresent();
    }

    /** The parts of one text, in order and without overlaps; nothing if the query does not find the text. */
    Optional<List<SearchPage.Range>> in(String text, IndexSearcher words) {
        return matches(words).map(matches -> ranges(text, matches));
    }

    private Optional<Matches> matches(List<String> texts) {
        return matches(words(texts));
    }

    private Optional<Matches> matches(IndexSearcher words) {
        try {
            LeafReaderContext only = words.getIndexReader().leaves().getFirst();
            return Optional.ofNullable(words.createWeight(words.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1).matches(only, 0));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<SearchPage.Range> ranges(String text, Matches matches) {
        try {
            return ranges(text, matches.getMatches(IndexedMessage.WORDS));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<SearchPage.Range> ranges(String text, MatchesIterator found) throws IOException {
        List<int[]> parts = new ArrayList<>();
        while (found != null && found.next()) {
            parts.add(new int[] {found.startOffset(), found.endOffset()});
        }
        parts.sort(Comparator.comparingInt(part -> part[0]));
        List<SearchPage.Range> ranges = new ArrayList<>();
        int[] last = null;
        for (int[] part : parts) {
            if (last != null && part[0] <= last[1]) {
                last[1] = Math.max(last[1], part[1]);
            } else if (ranges.size() == MOST) {
                return ranges;
            } else {
                add(text, last, ranges);
                last = part;
            }
        }
        add(text, last, ranges);
        return ranges;
    }

    private static void add(String text, int[] part, List<SearchPage.Range> ranges) {
        if (part != null) {
            int from = text.codePointCount(0, part[0]);
            ranges.add(new SearchPage.Range(from, from + text.codePointCount(part[0], part[1])));
        }
    }
}
