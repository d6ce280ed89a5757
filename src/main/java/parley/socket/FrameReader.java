package parley.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Framing;
import parley.protocol.TextRules;

/**
 * Cuts what a client sends into messages, strictly as RFC 6455 sections 5 and 7 have it: what they forbid ends the
 * reading with the code that names the fault, before anything is buffered for it. One connection, one thread at a time.
 *
 * <p>Bounds: a message has at most {@link Codec#LARGEST_FRAME} bytes and {@value #MOST_FRAGMENTS} fragments; nothing is
 * allocated for bytes that have not come (CVE-2020-13935 and CVE-2026-5740 are what that leads to elsewhere).
 */
final class FrameReader {

    /** The most fragments that a message may come in. */
    static final int MOST_FRAGMENTS = 1_024;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int MASKED = 0x80;
    private static final int MASK_BYTES = 4;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final long UNKNOWN = -1;
    private static final byte[] NOTHING = {};

    /** Who is told what came. */
    interface Messages {

        /** A text message, whole. */
        void text(String text);

        /** A binary message; what was in it is not kept. */
        void binary();

        void ping(byte[] content);

        void pong();

        /** The peer ends the connection; the code is one that may be sent back. Nothing follows. */
        void close(int code);

        /** What came must not be. Nothing follows. */
        void broken(CloseCode fault);
    }

    private final Messages messages;
    /** Bytes of a frame that is not whole yet; more room than bytes. */
    private byte[] partial = NOTHING;
    private int partialLength;
    /** The fragments of a message that is not whole yet, and how many they are; none between messages. */
    private byte[] message = NOTHING;
    private int messageLength;
    private int fragments;
    private boolean isText;
    private boolean over;

    FrameReader(Messages messages) {
        this.messages = messages;
    }

    /** Reads on. The array is this reader's from now on. */
    void read(byte[] bytes) {
        if (over) {
            return;
        }
        ByteBuffer input = partialLength == 0 ? ByteBuffer.wrap(bytes) : joined(bytes);
        while (!over && frame(input)) {
            // One frame after the other, until one isn't whole.
        }
        keep(input);
    }

    private ByteBuffer joined(byte[] bytes) {
        partial = appended(partial, partialLength, bytes, 0, bytes.length);
        return ByteBuffer.wrap(partial, 0, partialLength + bytes.length);
    }

    private void keep(ByteBuffer input) {
        int left = over ? 0 : input.remaining();
        if (left == 0) {
            partial = NOTHING;
        } else if (input.array() == partial) {
            System.arraycopy(partial, input.position(), partial, 0, left);
        } else {
            partial = Arrays.copyOfRange(input.array(), input.position(), input.limit());
        }
        partialLength = left;
    }

    // False when it isn't whole: then the input is where it was.
    private boolean frame(ByteBuffer input) {
        int start = input.position();
        long length = length(input);
        if (over || length == UNKNOWN || input.remaining() < MASK_BYTES + length) {
            input.position(start);
            return false;
        }
        int mask = input.getInt();
        int at = input.position();
        input.position(at + (int) length);
        unmask(input.array(), at, (int) length, mask);
        deliver(input.get(start), input.array(), at, (int) length);
        return true;
    }

    // How long the payload is. Ends the reading when this can't be a frame.
    private long length(ByteBuffer input) {
        if (input.remaining() < 2) {
            return UNKNOWN;
        }
        int first = input.get();
        int second = input.get();
        int code = second & 0xff & ~MASKED;
        int width = code < LENGTH_IN_TWO_BYTES ? 0 : code == LENGTH_IN_TWO_BYTES ? Short.BYTES : Long.BYTES;
        CloseCode fault = fault(first, second, code);
        if (fault == null && input.remaining() < width) {
            return UNKNOWN;
        }
        long length = 0;
        if (fault == null) {
            length = width == 0 ? code : width == Short.BYTES ? input.getShort() & 0xffff : input.getLong();
            fault = fault(first, length, width);
        }
        if (fault != null) {
            end(fault);
        }
        return length;
    }

    // What the first two bytes show.
    private CloseCode fault(int first, int second, int lengthCode) {
        int opcode = first & OPCODE;
        boolean control = (opcode & CONTROL) != 0;
        boolean known = opcode <= Framing.BINARY || opcode >= Framing.CLOSE && opcode <= Framing.PONG;
        if ((second & MASKED) == 0) {
            return CloseCode.BROKEN;
        }
        if (!known || (first & RESERVED) != 0) {
            return CloseCode.PROTOCOL_ERROR;
        }
        if (control) {
            return (first & FIN) == 0 || lengthCode > Framing.LONGEST_CONTROL ? CloseCode.PROTOCOL_ERROR : null;
        }
        boolean continues = opcode == Framing.CONTINUATION;
        return continues != (fragments > 0) ? CloseCode.PROTOCOL_ERROR : null;
    }

    // What the length shows. A top bit that is set makes it negative: longer than anything.
    private CloseCode fault(int first, long length, int width) {
        if (length < 0 || messageLength + length > Codec.LARGEST_FRAME && (first & CONTROL) == 0) {
            return CloseCode.TOO_BIG;
        }
        boolean shortest = width == 0 || length > (width == Short.BYTES ? Framing.LONGEST_CONTROL : 0xffff);
        boolean tooMany = fragments >= MOST_FRAGMENTS && (first & (FIN | CONTROL)) == 0;
        return shortest && !tooMany ? null : CloseCode.BROKEN;
    }

    private static void unmask(byte[] bytes, int from, int count, int mask) {
        for (int i = 0; i < count; i++) {
            bytes[from + i] ^= (byte) (mask >> Byte.SIZE * (3 - (i & 3)));
        }
    }

    private void deliver(int first, byte[] bytes, int from, int length) {
        switch (first & OPCODE) {
            case Framing.PING -> messages.ping(Arrays.copyOfRange(bytes, from, from + length));
            case Framing.PONG -> messages.pong();
            case Framing.CLOSE -> close(bytes, from, length);
            default -> data(first, bytes, from, length);
        }
    }

    private void data(int first, byte[] bytes, int from, int length) {
        boolean last = (first & FIN) != 0;
        if (fragments == 0) {
            isText = (first & OPCODE) == Framing.TEXT;
        }
        if (last && fragments == 0) {
            whole(bytes, from, length);
            return;
        }
        message = appended(message, messageLength, bytes, from, length);
        messageLength += length;
        fragments++;
        if (last) {
            byte[] all = message;
            int allLength = messageLength;
            message = NOTHING;
            messageLength = 0;
            fragments = 0;
            whole(all, 0, allLength);
        }
    }

    private void whole(byte[] bytes, int from, int length) {
        if (!isText) {
            messages.binary();
            return;
        }
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        // What is no UTF-8 leaves this character behind; only then is a second look worth its while.
        if (text.indexOf('\uFFFD') >= 0 && !TextRules.isUtf8(bytes, from, length)) {
            end(CloseCode.NOT_UTF8);
        } else {
            messages.text(text);
        }
    }

    private void close(byte[] bytes, int from, int length) {
        int code = length < Short.BYTES ? CloseCode.NORMAL.code() : (bytes[from] & 0xff) << Byte.SIZE | bytes[from + 1] & 0xff;
        if (length == 1 || !mayBeSent(code)) {
            end(CloseCode.PROTOCOL_ERROR);
        } else if (length > Short.BYTES && !TextRules.isUtf8(bytes, from + Short.BYTES, length - Short.BYTES)) {
            end(CloseCode.NOT_UTF8);
        } else {
            over = true;
            messages.close(code);
        }
    }

    // RFC 6455 section 7.4, and the registry of codes that it opened.
    private static boolean mayBeSent(int code) {
        return code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
    }

    private void end(CloseCode fault) {
        over = true;
        messages.broken(fault);
    }

    private static byte[] appended(byte[] to, int length, byte[] bytes, int from, int count) {
        byte[] room = to.length - length >= count ? to : Arrays.copyOf(to, Math.max(2 * length, length + count));
        System.arraycopy(bytes, from, room, length, count);
        return room;
    }
}
