package parley.protocol;

/**
 * A frame as it goes out: text that was encoded once and serves every recipient.
 *
 * @param text the JSON
 * @param size how many bytes it takes in UTF-8
 */
public record Frame(String text, int size) {

    public Frame(String text) {
        this(text, utf8Length(text));
    }

    // Without the copy that getBytes would make only to be measured.
    private static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
