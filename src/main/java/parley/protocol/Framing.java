package parley.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as a server sends them: whole and unmasked (RFC 6455 section 5.2). */
public final class Framing {

    /** Opcode of a piece of a message that began in an earlier frame. */
    public static final int CONTINUATION = 0;
    /** Opcode of a text frame. */
    public static final int TEXT = 1;
    /** Opcode of a binary frame. */
    public static final int BINARY = 2;
    /** Opcode of a close frame. */
    public static final int CLOSE = 8;
    /** Opcode of a ping. */
    public static final int PING = 9;
    /** Opcode of a pong. */
    public static final int PONG = 10;
    /** The most bytes that a control frame carries. */
    public static final int LONGEST_CONTROL = 125;

    /** The reserved bit that marks the first frame of a compressed message. */
    public static final int COMPRESSED = 0x40;

    private static final int LAST = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int LONGEST_IN_ONE_BYTE = 125;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;
    private static final byte[] EMPTY_PING = frame(PING, new byte[0]);

    /**
     * Where a frame is in a buffer.
     *
     * @param start the position of its header
     * @param from the position of its content, which has this length
     */
    public record Part(int opcode, int start, int from, int length) {

        /** The position after the frame. */
        public int end() {
            return from + length;
        }
    }

    private Framing() {
    }

    /** Passes the next of the frames in a buffer, which are whole and unmasked. */
    public static Part next(ByteBuffer frames) {
        int start = frames.position();
        int opcode = frames.get() & OPCODE;
        int length = frames.get();
        if (length == LENGTH_IN_TWO_BYTES) {
            length = frames.getShort() & 0xffff;
        } else if (length == LENGTH_IN_EIGHT_BYTES) {
            length = (int) frames.getLong();
        }
        Part next = new Part(opcode, start, frames.position(), length);
        frames.position(next.end());
        return next;
    }

    /** A text frame. */
    public static byte[] text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole message with this opcode. */
    public static byte[] message(int opcode, byte[] content) {
        return frame(opcode, content);
    }

    /** The same with a compressed content (RFC 7692 section 6). */
    static byte[] deflated(int opcode, byte[] content) {
        byte[] frame = frame(opcode, content);
        frame[0] |= COMPRESSED;
        return frame;
    }

    /** A ping without content; always the same array. */
    public static byte[] ping() {
        return EMPTY_PING;
    }

    /** The answer to a ping, with its content. */
    public static byte[] pong(byte[] content) {
        return frame(PONG, content);
    }

    /** A close frame. A reason of more than 123 bytes is cut before the character that does not fit. */
    public static byte[] close(int code, String reason) {
        byte[] why = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(why.length, LONGEST_CONTROL - Short.BYTES);
        while (length < why.length && (why[length] & 0xc0) == 0x80) {
            length--;
        }
        byte[] content = new byte[Short.BYTES + length];
        content[0] = (byte) (code >> Byte.SIZE);
        content[1] = (byte) code;
        System.arraycopy(why, 0, content, Short.BYTES, length);
        return frame(CLOSE, content);
    }

    private static byte[] frame(int opcode, byte[] content) {
        int lengthBytes = content.length <= LONGEST_IN_ONE_BYTE ? 0 : content.length <= 0xffff ? Short.BYTES : Long.BYTES;
        byte[] frame = new byte[2 + lengthBytes + content.length];
        frame[0] = (byte) (LAST | opcode);
        frame[1] = (byte) switch (lengthBytes) {
            case 0 -> content.length;
            case Short.BYTES -> LENGTH_IN_TWO_BYTES;
            default -> LENGTH_IN_EIGHT_BYTES;
        };
        for (int i = 0; i < lengthBytes; i++) {
            frame[2 + i] = (byte) ((long) content.length >>> Byte.SIZE * (lengthBytes - 1 - i));
        }
        System.arraycopy(content, 0, frame, 2 + lengthBytes, content.length);
        return frame;
    }
}
