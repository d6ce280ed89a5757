package parley.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is kept beside a leaf while the content of its event exists: 16 random bytes, and two sums of the bytes of the frame, from which the
 * place of a single changed byte follows. When the event is rewritten or removed, its opening is overwritten.
 */
public final class Opening {

    /** The random bytes at its beginning. */
    public static final int SALT = 16;
    /** All of its bytes. */
    public static final int BYTES = SALT + 8;

    /** The sums are modulo this prime, so that every difference of two bytes has an inverse. */
    static final long PRIME = (1L << 31) - 1;

    private static final byte[] WIPED = new byte[BYTES];

    private Opening() {
    }

    /** The opening of a frame. */
    public static byte[] of(byte[] salt, byte[] frame) {
        Sums sums = Sums.of(frame);
        return ByteBuffer.allocate(BYTES).put(salt, 0, SALT).putInt((int) sums.plain).putInt((int) sums.weighted).array();
    }

    /** The opening of an event without a row. */
    public static byte[] wiped() {
        return WIPED.clone();
    }

    static boolean isWiped(byte[] opening) {
        return Arrays.equals(opening, WIPED);
    }

    /** The sum of the bytes, each plus 1, and the same sum with each byte times its place from 1 on. */
    record Sums(long plain, long weighted) {

        static Sums of(byte[] frame) {
            long plain = 0;
            long weighted = 0;
            for (int i = 0; i < frame.length; i++) {
                long value = (frame[i] & 0xffL) + 1;
                plain = (plain + value) % PRIME;
                weighted = (weighted + value * (i + 1L)) % PRIME;
            }
            return new Sums(plain, weighted);
        }

        static Sums in(byte[] opening) {
            ByteBuffer bytes = ByteBuffer.wrap(opening, SALT, BYTES - SALT);
            return new Sums(Integer.toUnsignedLong(bytes.getInt()), Integer.toUnsignedLong(bytes.getInt()));
        }
    }
}
