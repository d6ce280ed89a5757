package parley.protocol;

import java.nio.charset.StandardCharsets;

/**
 * How frames are written on a WebSocket. A connection keeps the encoding that its handshake chose; connections with the same one share the
 * bytes of a frame.
 */
public enum Encoding {

    /** JSON in text frames: subprotocol {@code parley.v1}. */
    JSON(false, false),
    /** The same, and large frames are compressed: permessage-deflate (RFC 7692) without context takeover. */
    JSON_DEFLATED(false, true),
    /** CBOR (RFC 8949) in binary frames: subprotocol {@code parley.v1.cbor}. */
    CBOR(true, false),
    /** The same, and large frames are compressed. */
    CBOR_DEFLATED(true, true),
    /**
     * STOMP 1.2: subprotocol {@code v12.stomp}. This encodes only the shared part of a logged event, as a binary frame; other frames are
     * JSON in text frames. The wire turns both into STOMP frames, because each names a subscription or a receipt of its receiver.
     */
    STOMP(false, false);

    private final boolean binary;
    private final boolean deflated;

    Encoding(boolean binary, boolean deflated) {
        this.binary = binary;
        this.deflated = deflated;
    }

    /** The encoding of JSON or CBOR with these two properties. */
    public static Encoding of(boolean binary, boolean deflated) {
        if (binary) {
            return deflated ? CBOR_DEFLATED : CBOR;
        }
        return deflated ? JSON_DEFLATED : JSON;
    }

    /** Whether frames are CBOR. */
    public boolean isBinary() {
        return binary;
    }

    /** Whether large frames are compressed. */
    public boolean isDeflated() {
        return deflated;
    }

    /** The whole frame of this JSON; as STOMP, what {@link #STOMP} says. */
    byte[] encode(String json) {
        if (this == STOMP) {
            return StompEvent.encode(json);
        }
        byte[] content = binary ? Cbor.of(json) : json.getBytes(StandardCharsets.UTF_8);
        int opcode = binary ? Framing.BINARY : Framing.TEXT;
        if (deflated && content.length >= Deflate.SMALLEST) {
            byte[] smaller = Deflate.deflate(content);
            if (smaller.length < content.length) {
                return Framing.deflated(opcode, smaller);
            }
        }
        return Framing.message(opcode, content);
    }

    /** Whether this encoding writes this frame, which has so many bytes of text, exactly like {@link #JSON}. */
    boolean isPlain(int textBytes) {
        return this != STOMP && !binary && (!deflated || textBytes < Deflate.SMALLEST);
    }
}
