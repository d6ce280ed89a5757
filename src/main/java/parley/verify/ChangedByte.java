package parley.verify;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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
    private static final int LARGEST = 255;
    /** The most places that are tried: frames may be long, and hashing takes time. */
    private static final int MOST_PLACES = 64;

    /** Finds one changed, removed or added byte. Empty if more than one byte differs. */
    static Optional<ChangedByte> find(StoredEvent stored, byte[] opening, byte[] leaf) {
        Predicate<byte[]> isSealed = frame -> Arrays.equals(Leaf.of(stored.with(frame), opening), leaf);
        Opening.Sums sealed = Opening.Sums.in(opening);
        Opening.Sums now = Opening.Sums.of(stored.frame());
        long difference = signed(now.plain() - sealed.plain());
        long weighted = now.weighted() - sealed.weighted();
        return replaced(stored.frame(), difference, weighted, isSealed)
                .or(() -> removed(stored.frame(), -difference - 1, weighted, isSealed))
                .or(() -> added(stored.frame(), difference - 1, weighted, isSealed));
    }

    private static Optional<ChangedByte> replaced(byte[] frame, long difference, long weighted, Predicate<byte[]> isSealed) {
        if (difference == 0 || Math.abs(difference) > LARGEST) {
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

    private static Optional<ChangedByte> removed(byte[] frame, long value, long weighted, Predicate<byte[]> isSealed) {
        if (value < 0 || value > LARGEST) {
            return Optional.empty();
        }
        return places(frame, -weighted, place -> value, 0).filter(place -> {
            byte[] before = new byte[frame.length + 1];
            System.arraycopy(frame, 0, before, 0, place);
            before[place] = (byte) value;
            System.arraycopy(frame, place, before, place + 1, frame.length - place);
            return isSealed.test(before);
        }).mapToObj(place -> new ChangedByte(place, Optional.of((byte) value), Optional.empty())).findFirst();
    }

    private static Optional<ChangedByte> added(byte[] frame, long value, long weighted, Predicate<byte[]> isSealed) {
        if (value < 0 || value > LARGEST || frame.length == 0) {
            return Optional.empty();
        }
        return places(frame, weighted, place -> frame[place] & 0xff, 1).filter(place -> (frame[place] & 0xff) == value).filter(place -> {
            byte[] before = new byte[frame.length - 1];
            System.arraycopy(frame, 0, before, 0, place);
            System.arraycopy(frame, place + 1, before, place, before.length - place);
            return isSealed.test(before);
        }).mapToObj(place -> new ChangedByte(place, Optional.empty(), Optional.of(frame[place]))).findFirst();
    }

    /**
     * The first places at which this byte, more or less, changes the weighted sum as it was changed: all bytes behind it moved by one.
     *
     * @param least how many bytes at the end of the frame are no such place
     */
    private static IntStream places(byte[] frame, long weighted, IntToLongFunction value, int least) {
        long[] behind = {Opening.Sums.of(frame).plain()};
        long wanted = Math.floorMod(weighted, Opening.PRIME);
        return IntStream.rangeClosed(0, frame.length - least).filter(place -> {
            long moved = behind[0] - (least == 1 ? (frame[place] & 0xff) + 1L : 0);
            boolean fits = Math.floorMod((value.applyAsLong(place) + 1) * (place + 1L) + moved, Opening.PRIME) == wanted;
            behind[0] -= place < frame.length ? (frame[place] & 0xff) + 1L : 0;
            return fits;
        }).limit(MOST_PLACES);
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
