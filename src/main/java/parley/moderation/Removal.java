package parley.moderation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.protocol.User;

/**
 * A bulk removal as table {@code removal} has it.
 *
 * @param person the user id of the author
 * @param from the messages were posted at this time or later
 * @param to the messages were posted before this time
 * @param rooms the rooms in which messages are removed; empty for all
 * @param reason why, for other administrators; may be empty
 * @param node the instance that worked on it last
 * @param removed how many messages were removed so far
 * @param restored how many of these are back
 * @param looked how many rooms were searched so far
 * @param incomplete whether there were more than {@link Removals#MOST_MESSAGES} messages
 * @param removedAt when all were removed
 */
public record Removal(String id, String person, Instant from, Instant to, List<String> rooms, String reason, User by, Instant created,
                      State state, Optional<String> node, int removed, int restored, int looked, boolean incomplete,
                      Optional<Instant> removedAt, Optional<User> undoneBy, Optional<Instant> ended) {

    /** How far it is. */
    public enum State {
        /** It waits for an instance, or one removes messages. */
        REMOVING,
        /** All messages are removed, and that can be undone. */
        REMOVED,
        /** An instance restores the messages. */
        RESTORING,
        /** The messages are back. */
        RESTORED,
        /** The originals were deleted. */
        FINAL;

        /** Its name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Until when it can be undone, if it can be. */
    public Optional<Instant> undoableUntil() {
        return state == State.REMOVED ? removedAt.map(at -> at.plus(Removals.UNDOABLE)) : Optional.empty();
    }

    /** Whether an instance has to work on it now. */
    boolean isDue(Instant now) {
        return switch (state) {
            case REMOVING, RESTORING -> true;
            case REMOVED -> undoableUntil().filter(until -> !until.isAfter(now)).isPresent();
            case RESTORED, FINAL -> false;
        };
    }
}
