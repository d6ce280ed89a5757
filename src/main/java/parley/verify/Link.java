package parley.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A link of a room's chain: a segment of sealed events, or a change of events that are sealed.
 *
 * @param number from 1 on, without a gap
 * @param kind {@link #SEALED}, or why the events were changed
 * @param cause the offset of the event that caused the change; 0 for none
 * @param at milliseconds since 1970
 * @param offsets of the changed events, 8 bytes each; empty for a segment, which has all from {@code first} to {@code last}
 * @param leaves of these events as they were sealed, or as the change left them
 */
public record Link(String room, long number, String kind, long first, long last, long cause, long at, byte[] offsets, byte[] leaves) {

    /** The kind of a segment. */
    public static final String SEALED = "sealed";
    /** The most events of a segment. */
    public static final int SEGMENT = 256;
    /** What stands before the first link of each room. */
    public static final String START = Hashes.hex(Hashes.utf8("parley-evidence-1"));

    /** A change of these events, which are in ascending order. */
    public static Link change(String room, long number, String kind, long cause, long at, List<Long> offsets, byte[] leaves) {
        ByteBuffer bytes = ByteBuffer.allocate(offsets.size() * Long.BYTES);
        offsets.forEach(bytes::putLong);
        return new Link(room, number, kind, offsets.getFirst(), offsets.getLast(), cause, at, bytes.array(), leaves);
    }

    /** The chain up to this link, after the chain up to the one before. */
    public String chain(String before) {
        return Hashes.hex(Hashes.utf8(before + " " + room + " " + number + " " + kind + " " + first + " " + last + " " + cause + " " + at
                + " " + Hashes.hex(offsets, leaves) + "\n"));
    }

    boolean isSegment() {
        return kind.equals(SEALED);
    }

    /** How many events it has. */
    int size() {
        return leaves.length / Leaf.BYTES;
    }

    long offset(int index) {
        return isSegment() ? first + index : ByteBuffer.wrap(offsets).getLong(index * Long.BYTES);
    }

    byte[] leaf(int index) {
        return Arrays.copyOfRange(leaves, index * Leaf.BYTES, (index + 1) * Leaf.BYTES);
    }

    /** Whether its parts have the lengths that they must have. */
    boolean isWhole() {
        boolean fits = leaves.length % Leaf.BYTES == 0 && size() > 0;
        return fits && (isSegment() ? offsets.length == 0 && last - first + 1 == size() : offsets.length == (long) size() * Long.BYTES);
    }
}
