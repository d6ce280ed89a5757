package parley.verify;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The place where a stored frame differs from the one that was sealed, found with the sums of an {@link Opening}. It is certain, because
 * the frame with the byte as it was has the sealed leaf.
 *
 * @param place from 0 on
 * @param was the byte as it was sealed; empty if it was added
 * @param is the byte as it is stored; empty if it was removed
 */
record ChangedByte(int place, Optional<Byte> was, Optional<Byte> is) {

    private static final BigInteger PRIME = BigInteger.valueOf(Opening.PRIME);

    /** Finds one changed, removed or added byte. Empty if more than one byte differs. */
    static Optional<ChangedByte> find(StoredEvent stored, byte[] opening, byte[] leaf) {
        Predicate<byte[]> isSealed = frame -> Arrays.equals(Leaf.of(stored.with(frame), opening), leaf);
        Opening.Sums sealed = Opening.Sums.in(opening);
        Opening.Sums now = Opening.Sums.of(stored.frame());
        long difference = signed(now.plain() - sealed.plain());
        return replaced(stored.frame(), difference, now.weighted() - sealed.weighted(), isSealed)
                .or(() -> removed(stored.frame(), -difference - 1, isSealed))
                .or(() -> added(stored.frame(), difference - 1, isSealed));
    }

    private static Optional<ChangedByte> replaced(byte[] frame, long difference, long weighted, Predicate<byte[]> isSealed) {
        if (difference == 0 || Math.abs(difference) > 255) {
            return Optional.empty();
        }
        long place = BigInteger.valueOf(weighted).multiply(BigInteger.valueOf(difference).modInverse(PRIME)).mod(PRIME).longValue() - 1;
        if (place < 0 || place >= frame.length) {
            return Optional.empty();
        }
        byte[] before = frame.clone();
        before[(int) place] = (byte) (before[(int) place] - difference);
        return isSealed.test(before) ? Optional.of(new ChangedByte((int) place, Optional.of(before[(int) place]),
                Optional.of(frame[(int) place]))) : Optional.empty();
    }

    private static Optional<ChangedByte> removed(byte[] frame, long value, Predicate<byte[]> isSealed) {
        for (int place = 0; value >= 0 && value <= 255 && place <= frame.length; place++) {
            byte[] before = new byte[frame.length + 1];
            System.arraycopy(frame, 0, before, 0, place);
            before[place] = (byte) value;
            System.arraycopy(frame, place, before, place + 1, frame.length - place);
            if (isSealed.test(before)) {
                return Optional.of(new ChangedByte(place, Optional.of((byte) value), Optional.empty()));
            }
        }
        return Optional.empty();
    }

    private static Optional<ChangedByte> added(byte[] frame, long value, Predicate<byte[]> isSealed) {
        for (int place = 0; value >= 0 && value <= 255 && place < frame.length; place++) {
            if ((frame[place] & 0xff) == value) {
                byte[] before = new byte[frame.length - 1];
                System.arraycopy(frame, 0, before, 0, place);
                System.arraycopy(frame, place + 1, before, place, before.length - place);
                if (isSealed.test(before)) {
                    return Optional.of(new ChangedByte(place, Optional.empty(), Optional.of(frame[place])));
                }
            }
        }
        return Optional.empty();
    }

    // The sums of frames that differ in one byte are close, except around the prime.
    private static long signed(long difference) {
        return difference > Opening.PRIME / 2 ? difference - Opening.PRIME
                : difference < -Opening.PRIME / 2 ? difference + Opening.PRIME : difference;
    }

    @Override
    public String toString() {
        return "byte " + place + " of the frame " + (is.isEmpty() ? "was removed: " + shown(was.orElseThrow())
                : was.isEmpty() ? "was added: " + shown(is.orElseThrow())
                : "was " + shown(was.orElseThrow()) + " and is " + shown(is.orElseThrow()));
    }

    private static String shown(byte value) {
        int code = value & 0xff;
        return code > ' ' && code < 0x7f ? "0x%02x (%c)".formatted(code, (char) code) : "0x%02x".formatted(code);
    }
}
