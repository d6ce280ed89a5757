package parley.rest;

import java.util.List;
import java.util.function.Function;
import parley.protocol.Fields;

/**
 * A page of a list.
 *
 * @param more whether the list goes on after these entries
 */
record Page<T>(List<T> entries, boolean more) {

    /** The most entries of a page, unless the list says otherwise. */
    static final int LARGEST = 100;

    /** How many entries the query asks for with {@code limit}, 1 to {@code largest}. */
    static int size(Fields query, int usual, int largest) {
        return (int) query.number("limit", 1, largest, usual);
    }

    /** The page of this size from what was read: one entry more than the page holds, if there are that many. */
    static <T> Page<T> of(List<T> found, int size) {
        return new Page<>(found.subList(0, Math.min(size, found.size())), found.size() > size);
    }

    /** The entries as JSON shows them. */
    <B> List<B> bodies(Function<? super T, B> body) {
        return entries.stream().map(body).toList();
    }
}
