package parley.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.lucene.search.IndexSearcher;
import parley.protocol.Message;
import parley.protocol.SearchPage;

/**
 * Checks messages that a query does not find by their own text against the present texts of their files. For one search and one thread.
 */
final class Passages {

    /** The most characters of a passage. */
    static final int LONGEST = 240;
    /** A passage begins at most so many characters before what was found. */
    private static final int BEFORE = 60;
    /**
     * After so many characters of files, a page of results ends, because each text is split into words again: a million characters take
     * about a second. A page has one message at least, whose files have at most a million.
     */
    static final int MOST_READ = 500_000;

    /** A part of what is wanted that has words. */
    private record Part(boolean excluded, Highlights finder) {}

    /** The text of a file, split into words. */
    private record Content(String file, String text, IndexSearcher words) {}

    private final List<Part> parts = new ArrayList<>();
    private final BooleanSupplier timeIsOver;
    private int read;

    /** @param timeIsOver whether the search has taken long enough: then a page of results ends too */
    Passages(Wanted wanted, BooleanSupplier timeIsOver) {
        this.timeIsOver = timeIsOver;
        wanted.clauses().forEach(clause -> Queries.of(clause, IndexedMessage.WORDS)
                .ifPresent(query -> parts.add(new Part(clause.excluded(), new Highlights(query)))));
    }

    /** Whether this page ends, because enough texts were read for it. */
    boolean areEnough() {
        return read >= MOST_READ || read > 0 && timeIsOver.getAsBoolean();
    }

    /**
     * The passage of the first file that has something that the message's own text lacks; empty if the message and its files lack something
     * that is wanted.
     *
     * @param contents the texts of the message's files, by file
     */
    Optional<SearchPage.Passage> of(Message message, Map<String, String> contents) {
        return of(IndexedMessage.texts(message), contents);
    }

    /** The same for something that has texts of its own, such as the title of a document. */
    Optional<SearchPage.Passage> of(List<String> texts, Map<String, String> contents) {
        contents.values().forEach(text -> read += text.length());
        IndexSearcher own = Highlights.words(texts);
        List<Content> files = contents.entrySet().stream()
                .map(file -> new Content(file.getKey(), file.getValue(), Highlights.words(List.of(file.getValue())))).toList();
        Optional<SearchPage.Passage> first = Optional.empty();
        for (Part part : parts) {
            boolean isInText = part.finder.isIn(own);
            Optional<SearchPage.Passage> inFile = isInText ? Optional.empty() : in(files, part.finder);
            if (part.excluded == (isInText || inFile.isPresent())) {
                return Optional.empty();
            }
            first = first.or(() -> inFile);
        }
        return first;
    }

    private static Optional<SearchPage.Passage> in(List<Content> files, Highlights finder) {
        return files.stream().flatMap(file -> finder.in(file.text, file.words).map(found -> passage(file.file, file.text, found)).stream())
                .findFirst();
    }

    // The part of the text around the first thing that was found.
    private static SearchPage.Passage passage(String file, String text, List<SearchPage.Range> found) {
        int[] points = text.codePoints().toArray();
        int from = Math.max(0, Math.min(found.getFirst().from() - BEFORE, points.length - LONGEST));
        while (from > 0 && from < found.getFirst().from() && !Character.isWhitespace(points[from - 1])) {
            from++;
        }
        int to = Math.min(points.length, from + LONGEST);
        List<SearchPage.Range> ranges = new ArrayList<>();
        for (SearchPage.Range range : found) {
            if (range.from() < to) {
                ranges.add(new SearchPage.Range(range.from() - from, Math.min(range.to(), to) - from));
            }
        }
        return new SearchPage.Passage(file, new String(points, from, to - from), ranges);
    }
}
