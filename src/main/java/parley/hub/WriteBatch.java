package parley.hub;

import java.util.Arrays;

/** The frames that a flusher takes from an outbox for one write. A flusher has one write batch, which it uses for all its connections. */
final class WriteBatch {

    /** The most bytes of several frames in one write. A single larger frame is written alone. */
    static final int MOST_BYTES = 1 << 16;
    private static final int MOST_PIECES = 1_024;

    private final byte[][] pieces = new byte[MOST_PIECES][];
    private final byte[] together = new byte[MOST_BYTES];
    private int count;
    private int length;
    /** How many bytes of {@link #together} are in use. */
    private int joined;

    /** Takes as many frames as fit, at least one, and returns how many. */
    int take(byte[][] waiting, int available) {
        count = 0;
        length = 0;
        while (count < available && count < MOST_PIECES
                && (count == 0 || length + waiting[count].length <= MOST_BYTES)) {
            length += waiting[count].length;
            pieces[count] = waiting[count];
            count++;
        }
        return count;
    }

    /** The number of bytes that were taken. */
    int length() {
        return length;
    }

    /** The bytes of the taken frames, in order; valid until the next {@link #take}. */
    byte[] bytes() {
        byte[] bytes = count == 1 ? pieces[0] : joined();
        Arrays.fill(pieces, 0, count, null);
        return bytes;
    }

    /** Wipes the bytes after their write, because the batch may wait long for its next use. */
    void written() {
        Arrays.fill(together, 0, joined, (byte) 0);
        joined = 0;
    }

    private byte[] joined() {
        int at = 0;
        for (int i = 0; i < count; i++) {
            System.arraycopy(pieces[i], 0, together, at, pieces[i].length);
            at += pieces[i].length;
        }
        joined = at;
        return together;
    }
}
