package parley.protocol;

/**
 * A text frame for the wire: encoded once, the same bytes for every recipient.
 *
 * @param text the JSON
 * @param bytes the whole frame; must not be changed
 */
public record Frame(String text, byte[] bytes) {

    public Frame(String text) {
        this(text, Framing.text(text));
    }

    /** How many bytes go over the wire. */
    public int size() {
        return bytes.length;
    }

    /** The text says it all. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Frame frame && text.equals(frame.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
