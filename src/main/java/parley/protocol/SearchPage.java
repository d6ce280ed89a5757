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
 */
public record SearchPage(List<Hit> results, Optional<String> next, OptionalInt total, boolean partial) {

    /**
     * A message that was found.
     *
     * @param highlights the parts of the text that the query found, in order and without overlaps
     */
    public record Hit(String room, Message message, List<Range> highlights) {}

    /** A part of a text in code points, without the one at {@code to}. */
    public record Range(int from, int to) {}
}
