package parley.socket;

import java.util.Optional;
import parley.protocol.CloseCode;
import parley.protocol.Codec;

/**
 * Reads the headers of a client's frames as their bytes go by, before the container sees them, and says what must not
 * get through: it accepts unmasked frames, buffers megabytes for a declared length, and counts no fragments (Tyrus
 * 2.2; CVE-2020-13935 and CVE-2026-5740 are what that leads to elsewhere). RFC 6455 section 5.2. One connection, one thread.
 */
final class FrameGuard {

    /** The most fragments that a message may come in. */
    static final int MOST_FRAGMENTS = 1_024;

    private static final int FIN = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int MASKED = 0x80;
    private static final int MASK_KEY = 4;

    private enum Part { FIRST, LENGTH, EXTENDED_LENGTH, PAYLOAD }

    private Part part = Part.FIRST;
    private boolean control;
    private boolean last;
    /** Bytes of the extended length still to come, and how many there were. */
    private int lengthBytes;
    private int lengthWidth;
    private long length;
    /** Bytes of the mask and the payload still to pass. */
    private long toPass;
    private int fragments;
    private long messageBytes;

    /** Looks at the next bytes; what is wrong with them, if anything, is why the connection must end. */
    Optional<CloseCode> check(byte[] bytes, int from, int count) {
        int at = from;
        int end = from + count;
        while (at < end) {
            if (part == Part.PAYLOAD) {
                int passed = (int) Math.min(toPass, end - at);
                toPass -= passed;
                at += passed;
                if (toPass == 0) {
                    part = Part.FIRST;
                }
            } else {
                Optional<CloseCode> wrong = header(bytes[at++] & 0xff);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<CloseCode> header(int octet) {
        return switch (part) {
            case FIRST -> first(octet);
            case LENGTH -> length(octet);
            case EXTENDED_LENGTH -> extendedLength(octet);
            case PAYLOAD -> throw new IllegalStateException("The payload is no header.");
        };
    }

    private Optional<CloseCode> first(int octet) {
        control = (octet & CONTROL) != 0;
        last = (octet & FIN) != 0;
        // Anything but a continuation begins a message; what is out of order the container refuses.
        if (!control && (octet & OPCODE) != 0) {
            fragments = 0;
            messageBytes = 0;
        }
        part = Part.LENGTH;
        return Optional.empty();
    }

    private Optional<CloseCode> length(int octet) {
        if ((octet & MASKED) == 0) {
            return Optional.of(CloseCode.BROKEN);
        }
        int small = octet & ~MASKED;
        if (small < 126) {
            length = small;
            return begin();
        }
        lengthWidth = small == 126 ? Short.BYTES : Long.BYTES;
        lengthBytes = lengthWidth;
        length = 0;
        part = Part.EXTENDED_LENGTH;
        return Optional.empty();
    }

    private Optional<CloseCode> extendedLength(int octet) {
        length = length << Byte.SIZE | octet;
        if (--lengthBytes > 0) {
            return Optional.empty();
        }
        // A top bit that is set makes it negative: longer than anything.
        if (length < 0 || length > Codec.LARGEST_FRAME) {
            return Optional.of(CloseCode.TOO_BIG);
        }
        boolean shortest = lengthWidth == Short.BYTES ? length >= 126 : length > 0xffff;
        return shortest ? begin() : Optional.of(CloseCode.BROKEN);
    }

    private Optional<CloseCode> begin() {
        toPass = MASK_KEY + length;
        part = Part.PAYLOAD;
        if (control) {
            return Optional.empty();
        }
        messageBytes += length;
        fragments++;
        if (messageBytes > Codec.LARGEST_FRAME) {
            return Optional.of(CloseCode.TOO_BIG);
        }
        return fragments > MOST_FRAGMENTS && !last ? Optional.of(CloseCode.BROKEN) : Optional.empty();
    }
}
