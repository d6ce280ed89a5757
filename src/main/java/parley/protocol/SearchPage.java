package parley.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A page of what a search found.
 *
 * @param next the cursor of the next page, if there may be one
 * @param total how many messages the search finds, if that was counted
 * @param partial whether there may be more that this instance can't find now
 * @param documents the documents that were found, best match first; only on the first page
 */
public record SearchPage(List<Hit> results, Optional<String> next, OptionalInt total, boolean partial, List<DocumentHit> documents) {

    /**
     * A message that was found.
     *
     * @param highlights the parts of the text that the query found, in order and without overlaps
     * @param passage what the query found in a file, if it found the message only by its files
     */
    public record Hit(String room, Message message, List<Range> highlights, Optional<Passage> passage) {

        /** A message that was found by its own text. */
        public Hit(String room, Message message, List<Range> highlights) {
            this(room, message, highlights, Optional.empty());
        }
    }

    /**
     * A document that was found.
     *
     * @param document its id
     * @param highlights the parts of the title that the query found, in order and without overlaps
     * @param passage what the query found in the text, if it found the document only by its text
     */
    public record DocumentHit(String room, String document, String title, List<Range> highlights, Optional<Passage> passage) {}

    /**
     * A part of the text of a file, or of a document.
     *
     * @param file the id of the file, which the message carries, or of the document
     * @param highlights the parts of this text that the query found, in order and without overlaps
     */
    public record Passage(String file, String text, List<Range> highlights) {}

    /** A part of a text in code points, without the one at {@code to}. */
    public record Range(int from, int to) {}
}
