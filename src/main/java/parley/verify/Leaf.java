package parley.verify;

import java.util.Arrays;

/**
 * The hash of one event: SHA-256 of 16 random bytes, a line with the columns, and the frame. Without the random bytes, a short text can't
 * be guessed from it.
 */
public final class Leaf {

    /** The bytes of a leaf. */
    public static final int BYTES = Hashes.BYTES;

    private static final byte[] NO_ROW = new byte[BYTES];

    private Leaf() {
    }

    /** The leaf of an event, with the salt of this opening. */
    public static byte[] of(StoredEvent event, byte[] opening) {
        byte[] actor = Hashes.utf8(event.actor());
        byte[] columns = Hashes.utf8(event.offset() + " " + event.at() + " " + event.type() + " " + actor.length + " ");
        return Hashes.of(Arrays.copyOf(opening, Opening.SALT), columns, actor, new byte[] {'\n'}, event.frame());
    }

    /** The leaf of an offset without a row: nothing was stored, or it was removed. */
    public static byte[] ofNoRow() {
        return NO_ROW.clone();
    }

    static boolean isOfNoRow(byte[] leaf) {
        return Arrays.equals(leaf, NO_ROW);
    }
}
