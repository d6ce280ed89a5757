package parley.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Deflate;
import parley.protocol.Framing;
import parley.protocol.TextRules;

/**
 * Parses the bytes of one connection into WebSocket messages, strictly by RFC 6455 sections 5 and 7. A violation stops the reader and
 * is reported with its close code; an invalid header is reported before any payload is buffered. Compressed messages (RFC 7692) are
 * inflated up to the same bound. Not thread-safe.
 *
 * <p>Bounds: a message has at most {@link Codec#LARGEST_FRAME} bytes and {@value #MAX_FRAGMENTS} fragments, which arrive within a minute:
 * a message that is still incomplete then is a violation when the next bytes arrive, such as the answer to a ping. Memory is allocated
 * only for bytes that have arrived, never for a declared length (compare CVE-2020-13935 and CVE-2026-5740).
 */
final class FrameReader {

    /** The maximum number of fragments of a message. */
    static final int MAX_FRAGMENTS = 1_024;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int MASKED = 0x80;
    private static final int MASK_BYTES = 4;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final long INCOMPLETE = -1;
    private static final byte[] EMPTY = {};

    /** Receives what the reader parsed. */
    interface Listener {

        /** A complete text message. */
        void text(String text);

        /** A complete binary message. */
        void binary(byte[] content);

        void ping(byte[] content);

        void pong();

        /** A close frame. The code is valid to echo; 1000 if the frame had none. No further calls follow. */
        void close(int code);

        /** A protocol violation, with the code to close with. No further calls follow. */
        void violation(CloseCode code);
    }

    private static final long LONGEST_MESSAGE = TimeUnit.MINUTES.toNanos(1);

    private final Listener listener;
    private final boolean inflates;
    private final LongSupplier nanoTime;
    /** The first {@code partialLength} bytes belong to an incomplete frame. */
    private byte[] partial = EMPTY;
    private int partialLength;
    /** The first {@code messageLength} bytes are the fragments so far of an incomplete message. */
    private byte[] message = EMPTY;
    private int messageLength;
    private int fragments;
    /** When the first fragment of the incomplete message arrived. */
    private long begunAt;
    private boolean isText;
    private boolean isCompressed;
    private boolean closed;

    /** @param inflates whether messages may be compressed as in permessage-deflate (RFC 7692), each without the context of others */
    FrameReader(Listener listener, boolean inflates) {
        this(listener, inflates, System::nanoTime);
    }

    /** @param nanoTime replaces {@link System#nanoTime} in tests */
    FrameReader(Listener listener, boolean inflates, LongSupplier nanoTime) {
        this.listener = listener;
        this.inflates = inflates;
        this.nanoTime = nanoTime;
    }

    /** Parses more bytes. The reader takes ownership of the array and modifies it. Ignores everything after the end. */
    void read(byte[] bytes) {
        if (!closed && fragments > 0 && nanoTime.getAsLong() - begunAt > LONGEST_MESSAGE) {
            fail(CloseCode.BROKEN);
        }
        if (closed) {
            return;
        }
        ByteBuffer input = partialLength == 0 ? ByteBuffer.wrap(bytes) : appendToPartial(bytes);
        while (!closed && readFrame(input)) {
            // Continues until a frame is incomplete.
        }
        keepRest(input);
    }

    private ByteBuffer appendToPartial(byte[] bytes) {
        partial = append(partial, partialLength, bytes, 0, bytes.length);
        return ByteBuffer.wrap(partial, 0, partialLength + bytes.length);
    }

    @SuppressWarnings("ReferenceEquality")
    private void keepRest(ByteBuffer input) {
        int rest = closed ? 0 : input.remaining();
        if (rest == 0) {
            partial = EMPTY;
        } else if (input.array() == partial) {
            System.arraycopy(partial, input.position(), partial, 0, rest);
        } else {
            partial = Arrays.copyOfRange(input.array(), input.position(), input.limit());
        }
        partialLength = rest;
    }

    // Returns false if the frame is incomplete, and leaves the input's position unchanged.
    private boolean readFrame(ByteBuffer input) {
        int start = input.position();
        long length = payloadLength(input);
        if (closed || length == INCOMPLETE || input.remaining() < MASK_BYTES + length) {
            input.position(start);
            return false;
        }
        int mask = input.getInt();
        int payload = input.position();
        input.position(payload + (int) length);
        unmask(input.array(), payload, (int) length, mask);
        deliver(input.get(start), input.array(), payload, (int) length);
        return true;
    }

    // Reads the header up to the mask. Stops the reader if the header is invalid.
    private long payloadLength(ByteBuffer input) {
        if (input.remaining() < 2) {
            return INCOMPLETE;
        }
        int first = input.get();
        int second = input.get();
        int lengthCode = second & 0xff & ~MASKED;
        int width = lengthCode < LENGTH_IN_TWO_BYTES ? 0 : lengthCode == LENGTH_IN_TWO_BYTES ? Short.BYTES : Long.BYTES;
        CloseCode violation = headerViolation(first, second, lengthCode);
        if (violation == null && input.remaining() < width) {
            return INCOMPLETE;
        }
        long length = 0;
        if (violation == null) {
            length = width == 0 ? lengthCode : width == Short.BYTES ? input.getShort() & 0xffff : input.getLong();
            violation = lengthViolation(first, length, width);
        }
        if (violation != null) {
            fail(violation);
        }
        return length;
    }

    // Checks the first two bytes.
    private CloseCode headerViolation(int first, int second, int lengthCode) {
        int opcode = first & OPCODE;
        boolean control = (opcode & CONTROL) != 0;
        boolean known = opcode <= Framing.BINARY || opcode >= Framing.CLOSE && opcode <= Framing.PONG;
        if ((second & MASKED) == 0) {
            return CloseCode.BROKEN;
        }
        boolean compressed = inflates && (first & RESERVED) == Framing.COMPRESSED && (opcode == Framing.TEXT || opcode == Framing.BINARY);
        if (!known || (first & RESERVED) != 0 && !compressed) {
            return CloseCode.PROTOCOL_ERROR;
        }
        if (control) {
            return (first & FIN) == 0 || lengthCode > Framing.LONGEST_CONTROL ? CloseCode.PROTOCOL_ERROR : null;
        }
        boolean continuation = opcode == Framing.CONTINUATION;
        return continuation != (fragments > 0) ? CloseCode.PROTOCOL_ERROR : null;
    }

    // Checks the length. A length with its top bit set is negative here.
    private CloseCode lengthViolation(int first, long length, int width) {
        if (length < 0 || length > Codec.LARGEST_FRAME - messageLength && (first & CONTROL) == 0) {
            return CloseCode.TOO_BIG;
        }
        boolean shortest = width == 0 || length > (width == Short.BYTES ? Framing.LONGEST_CONTROL : 0xffff);
        boolean tooMany = fragments >= MAX_FRAGMENTS && (first & (FIN | CONTROL)) == 0;
        return shortest && !tooMany ? null : CloseCode.BROKEN;
    }

    private static void unmask(byte[] bytes, int from, int count, int mask) {
        for (int i = 0; i < count; i++) {
            bytes[from + i] ^= (byte) (mask >> Byte.SIZE * (3 - (i & 3)));
        }
    }

    private void deliver(int first, byte[] bytes, int from, int length) {
        switch (first & OPCODE) {
            case Framing.PING -> listener.ping(Arrays.copyOfRange(bytes, from, from + length));
            case Framing.PONG -> listener.pong();
            case Framing.CLOSE -> deliverClose(bytes, from, length);
            default -> deliverData(first, bytes, from, length);
        }
    }

    private void deliverData(int first, byte[] bytes, int from, int length) {
        boolean last = (first & FIN) != 0;
        if (fragments == 0) {
            isText = (first & OPCODE) == Framing.TEXT;
            isCompressed = (first & Framing.COMPRESSED) != 0;
            begunAt = last ? 0 : nanoTime.getAsLong();
        }
        if (last && fragments == 0) {
            deliverMessage(bytes, from, length);
            return;
        }
        message = append(message, messageLength, bytes, from, length);
        messageLength += length;
        fragments++;
        if (last) {
            byte[] all = message;
            int allLength = messageLength;
            message = EMPTY;
            messageLength = 0;
            fragments = 0;
            deliverMessage(all, 0, allLength);
        }
    }

    private void deliverMessage(byte[] bytes, int from, int length) {
        if (isCompressed) {
            deliverInflated(bytes, from, length);
        } else {
            deliverContent(bytes, from, length);
        }
    }

    private void deliverInflated(byte[] bytes, int from, int length) {
        Optional<byte[]> content = Deflate.inflate(bytes, from, length, Codec.LARGEST_FRAME);
        if (content.isEmpty()) {
            fail(CloseCode.NOT_UTF8);
        } else if (content.get().length > Codec.LARGEST_FRAME) {
            fail(CloseCode.TOO_BIG);
        } else {
            deliverContent(content.get(), 0, content.get().length);
        }
    }

    private void deliverContent(byte[] bytes, int from, int length) {
        if (!isText) {
            listener.binary(Arrays.copyOfRange(bytes, from, from + length));
            return;
        }
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        // Decoding replaces malformed input with this character, so only texts that contain it need the strict check.
        if (text.indexOf('\uFFFD') >= 0 && !TextRules.isUtf8(bytes, from, length)) {
            fail(CloseCode.NOT_UTF8);
        } else {
            listener.text(text);
        }
    }

    private void deliverClose(byte[] bytes, int from, int length) {
        int code = length < Short.BYTES ? CloseCode.NORMAL.code() : (bytes[from] & 0xff) << Byte.SIZE | bytes[from + 1] & 0xff;
        if (length == 1 || !isSendable(code)) {
            fail(CloseCode.PROTOCOL_ERROR);
        } else if (length > Short.BYTES && !TextRules.isUtf8(bytes, from + Short.BYTES, length - Short.BYTES)) {
            fail(CloseCode.NOT_UTF8);
        } else {
            closed = true;
            listener.close(code);
        }
    }

    // RFC 6455 section 7.4 and the IANA registry of close codes.
    private static boolean isSendable(int code) {
        return code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
    }

    private void fail(CloseCode code) {
        closed = true;
        listener.violation(code);
    }

    private static byte[] append(byte[] to, int length, byte[] bytes, int from, int count) {
        byte[] target = to.length - length >= count ? to : Arrays.copyOf(to, Math.max(2 * length, length + count));
        System.arraycopy(bytes, from, target, length, count);
        return target;
    }
}
