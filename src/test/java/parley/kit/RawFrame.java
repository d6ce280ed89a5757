package parley.kit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket frame (RFC 6455 section 5.2), valid or not.
 *
 * @param head the first byte: FIN, three reserved bits, the opcode
 * @param declaredLength the value of the length field, which may differ from the payload's length
 */
public record RawFrame(int head, boolean masked, long declaredLength, byte[] payload) {

    public static final int FIN = 0x80;
    /** Marks a compressed message (RFC 7692). */
    public static final int COMPRESSED = 0x40;
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    /** A masked frame with the correct length. */
    public static RawFrame of(int head, byte[] payload) {
        return new RawFrame(head, true, payload.length, payload);
    }

    /** An unfragmented text frame. */
    public static RawFrame text(String text) {
        return of(FIN | TEXT, bytes(text));
    }

    /** The first fragment of a text message. */
    public static RawFrame firstFragment(String part) {
        return of(TEXT, bytes(part));
    }

    /** A continuation fragment that is not the last. */
    public static RawFrame middleFragment(String part) {
        return of(CONTINUATION, bytes(part));
    }

    /** The last fragment of a message. */
    public static RawFrame lastFragment(String part) {
        return of(FIN | CONTINUATION, bytes(part));
    }

    /** This frame without a mask. */
    public RawFrame unmasked() {
        return new RawFrame(head, false, declaredLength, payload);
    }

    /** This frame with this value in its length field. */
    public RawFrame declaringLength(long length) {
        return new RawFrame(head, masked, length, payload);
    }

    public boolean isCompressed() {
        return (head & COMPRESSED) != 0;
    }

    public int opcode() {
        return head & 0x0f;
    }

    /** The payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame; 1005 if it has none (RFC 6455 section 7.1.5). */
    public int closeCode() {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    /** The encoded frame. */
    public byte[] encoded() {
        var bytes = new ByteArrayOutputStream(payload.length + 14);
        bytes.write(head);
        int maskBit = masked ? 0x80 : 0;
        if (declaredLength >= 0 && declaredLength < 126) {
            bytes.write(maskBit | (int) declaredLength);
        } else if (declaredLength >= 0 && declaredLength < 65_536) {
            bytes.write(maskBit | 126);
            bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) declaredLength).array());
        } else {
            bytes.write(maskBit | 127);
            bytes.writeBytes(ByteBuffer.allocate(8).putLong(declaredLength).array());
        }
        if (masked) {
            bytes.writeBytes(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            bytes.write(masked ? payload[i] ^ MASK[i % 4] : payload[i]);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
