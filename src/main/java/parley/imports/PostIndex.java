package parley.imports;

import java.time.Instant;
import java.util.Arrays;

/**
 * Where the messages of each conversation are in a file, in the order of their times: 28 bytes for a message, and 8 for each of one
 * conversation while it is sorted. For one thread.
 */
final class PostIndex {

    /** The most messages. */
    static final int MOST = 1 << 22;
    private static final int NUMBER_BITS = 22;
    private static final int FIRST_SIZE = 1 << 16;
    private static final long BASE = Bounded.EARLIEST.toEpochMilli();

    private int[] conversations = new int[FIRST_SIZE];
    private long[] times = new long[FIRST_SIZE];
    private long[] positions = new long[FIRST_SIZE];
    private int[] lengths = new int[FIRST_SIZE];
    private int[] items = new int[FIRST_SIZE];
    private int size;

    /**
     * Adds a message. Returns false if there are too many.
     *
     * @param at null without a usable time: it comes first
     * @param position of its line, which has this length
     * @param item its number in the line
     */
    boolean add(int conversation, Instant at, long position, int length, int item) {
        if (size == MOST) {
            return false;
        }
        if (size == times.length) {
            grow();
        }
        conversations[size] = conversation;
        times[size] = at == null ? 0 : at.toEpochMilli() - BASE;
        positions[size] = position;
        lengths[size] = length;
        items[size++] = item;
        return true;
    }

    private void grow() {
        int more = 2 * size;
        conversations = Arrays.copyOf(conversations, more);
        times = Arrays.copyOf(times, more);
        positions = Arrays.copyOf(positions, more);
        lengths = Arrays.copyOf(lengths, more);
        items = Arrays.copyOf(items, more);
    }

    long position(int message) {
        return positions[message];
    }

    int length(int message) {
        return lengths[message];
    }

    int item(int message) {
        return items[message];
    }

    /** The messages of each of so many conversations, by time; those of the same time in the order of the file. */
    int[][] sorted(int count) {
        int[] sizes = new int[count];
        for (int i = 0; i < size; i++) {
            sizes[conversations[i]]++;
        }
        int[][] sorted = new int[count][];
        Arrays.setAll(sorted, one -> new int[sizes[one]]);
        Arrays.fill(sizes, 0);
        for (int i = 0; i < size; i++) {
            sorted[conversations[i]][sizes[conversations[i]]++] = i;
        }
        Arrays.stream(sorted).forEach(this::sort);
        return sorted;
    }

    // Time and number share one long, so that no objects are sorted. Times have 41 bits: 69 years.
    private void sort(int[] messages) {
        long[] keys = new long[messages.length];
        long latest = 1L << (Long.SIZE - 1 - NUMBER_BITS);
        for (int i = 0; i < messages.length; i++) {
            keys[i] = Math.min(times[messages[i]], latest - 1) << NUMBER_BITS | messages[i];
        }
        Arrays.sort(keys);
        for (int i = 0; i < messages.length; i++) {
            messages[i] = (int) (keys[i] & (MOST - 1));
        }
    }
}
