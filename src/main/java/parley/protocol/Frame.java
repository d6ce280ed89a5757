package parley.protocol;

/**
 * A frame for the wire: encoded once, the same bytes for every recipient with the same {@link Encoding}. Safe for every thread. The arrays
 * must not be changed.
 */
public final class Frame {

    /** One more encoding, and those before it. */
    private record Encoded(Encoding encoding, byte[] bytes, Encoded next) {}

    private final String text;
    private final byte[] bytes;
    /** What is not JSON is made for the first recipient that needs it. */
    private volatile Encoded others;

    /** @param text the JSON */
    public Frame(String text) {
        this.text = text;
        bytes = Framing.text(text);
    }

    /** The JSON. */
    public String text() {
        return text;
    }

    /** The whole frame as {@link Encoding#JSON}. */
    public byte[] bytes() {
        return bytes;
    }

    /** The whole frame in this encoding. */
    public byte[] bytes(Encoding encoding) {
        if (encoding.isPlain(bytes.length)) {
            return bytes;
        }
        Encoded known = find(encoding);
        return known == null ? encode(encoding) : known.bytes;
    }

    private Encoded find(Encoding encoding) {
        Encoded other = others;
        while (other != null && other.encoding != encoding) {
            other = other.next;
        }
        return other;
    }

    private synchronized byte[] encode(Encoding encoding) {
        Encoded known = find(encoding);
        if (known == null) {
            known = new Encoded(encoding, encoding.encode(text), others);
            others = known;
        }
        return known.bytes;
    }

    /** How many bytes go over the wire as {@link Encoding#JSON}. */
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

    @Override
    public String toString() {
        return "Frame of " + bytes.length + " bytes";
    }
}
