package parley.protocol;

/**
 * Which messages of a room to read: the newest ones, those just before an offset, or those just after one. Always
 * answered in ascending order.
 *
 * @param before only messages with a smaller offset, 0 for no such bound
 * @param after only messages with a greater offset, and the oldest of those; -1 for no such bound
 * @param thread only the message of this offset and its answers, 0 for all
 * @param limit how many at most, 1 to {@link #LARGEST}
 */
public record HistoryPage(long before, long after, long thread, int limit) {

    /** The most messages that one page holds. */
    public static final int LARGEST = 100;
    /** The size of a page without a {@code limit}. */
    public static final int USUAL = 50;

    /** The page that these fields ask for, on the socket and over HTTP: {@code before} or {@code after}, {@code thread}, {@code limit}. */
    public static HistoryPage of(Fields fields) {
        long before = fields.number("before", 1, 0);
        long after = fields.number("after", 0, -1);
        if (before > 0 && after >= 0) {
            fields.wrong(Problem.badRequest("`before` and `after` can't be combined."));
        }
        int limit = (int) fields.number("limit", 1, LARGEST, USUAL);
        return new HistoryPage(before, after, fields.number("thread", 1, 0), limit);
    }

    /** The newest messages. */
    public static HistoryPage newest(int limit) {
        return new HistoryPage(0, -1, 0, limit);
    }

    /** The newest messages up to and including an offset. */
    public static HistoryPage upTo(long offset, int limit) {
        return new HistoryPage(offset + 1, -1, 0, limit);
    }

    /** Whether it reads from old to new. */
    public boolean forward() {
        return after >= 0;
    }
}
