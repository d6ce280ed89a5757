package parley.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Encodes WebSocket frames of a client at low cost (RFC 6455 section 5.2). */
final class Frames {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int MASK_KEY = 4;

    private Frames() {
    }

    static ByteBuffer text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A close frame with code 1000. */
    static ByteBuffer close() {
        return frame(CLOSE, new byte[] {0x03, (byte) 0xe8});
    }

    /** A complete masked frame. The mask is zero, which is valid and leaves the payload unchanged. */
    static ByteBuffer frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(4 + MASK_KEY + payload.length).put((byte) (FIN | opcode));
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            throw new IllegalArgumentException("Frame too large: " + payload.length + " bytes, at most 65,535");
        }
        return frame.putInt(0).put(payload).flip();
    }
}
