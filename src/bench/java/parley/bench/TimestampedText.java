package parley.bench;

import java.nio.ByteBuffer;

/** Message texts of 100 characters that start with the intended send time, in {@code System.nanoTime()} of this JVM. */
final class TimestampedText {

    static final int LENGTH = 100;

    private static final String FILLER = " and then a message as long as people write them who sit in an office and have things"
            + " to tell each other";

    private TimestampedText() {
    }

    static String text(long moment) {
        return ("t=" + moment + FILLER).substring(0, LENGTH);
    }

    /** Finds the send time in the bytes of a frame that contains such a text as a string of JSON or CBOR. */
    static long find(ByteBuffer bytes, int from, int length) {
        for (int at = from; at < from + length - 3; at++) {
            // CBOR has the length before the text.
            boolean begins = bytes.get(at) == '"' || bytes.get(at) == LENGTH;
            if (begins && bytes.get(at + 1) == 't' && bytes.get(at + 2) == '=') {
                return Dialect.number(bytes, at + 3);
            }
        }
        throw new IllegalStateException("A message without a timestamp");
    }
}
