package parley.extract;

import java.io.IOException;
import java.io.Writer;

/**
 * Collects the beginning of a text: at most {@link #MOST} characters. White space becomes one blank, or one line break if it has one.
 * Control characters and halves of characters are left out. For one thread.
 */
final class BoundedText extends Writer {

    /** The most characters (UTF-16) of a text. */
    static final int MOST = 100_000;

    private final StringBuilder text = new StringBuilder();
    private char gap;

    /** The text has all characters that it may have. The rest is cut. */
    static final class Full extends IOException {

        private static final long serialVersionUID = 1;
    }

    @Override
    public void write(char[] characters, int from, int count) throws Full {
        for (int i = from; i < from + count; i++) {
            add(characters[i]);
        }
    }

    /** The words before and after this do not touch each other. */
    void separate(char blank) {
        gap = gap == '\n' ? gap : blank;
    }

    private void add(char character) throws Full {
        if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
            separate(character == '\n' || character == '\r' ? '\n' : ' ');
        } else if (!Character.isISOControl(character)) {
            if (gap != 0 && !text.isEmpty()) {
                put(gap);
            }
            gap = 0;
            put(character);
        }
    }

    private void put(char character) throws Full {
        if (text.length() == MOST) {
            throw new Full();
        }
        text.append(character);
    }

    /** What was collected. */
    String text() {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().filter(point -> point > Character.MAX_VALUE || !Character.isSurrogate((char) point))
                .forEach(whole::appendCodePoint);
        return whole.toString().strip();
    }

    void clear() {
        text.setLength(0);
    }

    @Override
    public void flush() {
        // It has no other place.
    }

    @Override
    public void close() {
        // It holds nothing to be released.
    }
}
