package parley.bench;

import java.nio.ByteBuffer;

/** A message's text of 100 characters that tells when it was to be sent, in nanoseconds of this JVM's clock. */
final class Stamp {

    static final int LENGTH = 100;

    private static final String FILLER = " and then a message as long as people write them who sit in an office and have things"
            + " to tell each other";

    private Stamp() {
    }

    static String text(long moment) {
        return ("t=" + moment + FILLER).substring(0, LENGTH);
    }

    /** The moment in a text that lies somewhere in these bytes, as a JSON string. */
    static long find(ByteBuffer bytes, int from, int length) {
        for (int at = from; at < from + length - 3; at++) {
            if (bytes.get(at) == '"' && bytes.get(at + 1) == 't' && bytes.get(at + 2) == '=') {
                return Dialect.number(bytes, at + 3);
            }
        }
        throw new IllegalStateException("A message without its moment");
    }
}
