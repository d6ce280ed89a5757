package parley.notify;

import java.util.Optional;
import java.util.Set;
import parley.people.QuietHours;
import parley.protocol.Level;

/**
 * What decides whether a person is notified in one room.
 *
 * @param level empty for the default of the room
 * @param busy whether the person chose not to be disturbed
 * @param blocked ids of people whose messages don't notify
 */
public record Attention(Optional<Level> level, boolean busy, Optional<QuietHours> quiet, Set<String> blocked) {

    /** The attention of a person who chose nothing. */
    public static final Attention USUAL = new Attention(Optional.empty(), false, Optional.empty(), Set.of());
}
