package parley.watch;

import com.github.benmanes.caffeine.cache.Interner;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;

/** Ids of rooms. Immutable and small: thousands of people have hundreds of rooms each, so the ids are shared and their array is sorted. */
final class RoomSet {

    static final RoomSet NONE = new RoomSet(new String[0]);

    private static final Interner<String> IDS = Interner.newWeakInterner();

    private final String[] sorted;

    private RoomSet(String[] sorted) {
        this.sorted = sorted;
    }

    static RoomSet of(Collection<String> rooms) {
        return new RoomSet(rooms.stream().map(IDS::intern).sorted().toArray(String[]::new));
    }

    boolean contains(String room) {
        return Arrays.binarySearch(sorted, room) >= 0;
    }

    RoomSet with(String room) {
        return contains(room) ? this : of(Stream.concat(Arrays.stream(sorted), Stream.of(room)).toList());
    }

    /** The rooms of both. */
    RoomSet and(RoomSet other) {
        return Arrays.stream(other.sorted).allMatch(this::contains) ? this
                : of(Stream.concat(stream(), other.stream()).distinct().toList());
    }

    RoomSet without(String room) {
        return contains(room) ? new RoomSet(Arrays.stream(sorted).filter(one -> !one.equals(room)).toArray(String[]::new)) : this;
    }

    Stream<String> stream() {
        return Arrays.stream(sorted);
    }
}
