package parley.hub;

import java.util.List;
import parley.journal.LoggedFrame;
import parley.room.RoomView;

/** One step that {@link Delivery} decides on. Steps are carried out in the order of their list. */
sealed interface Effect {

    /** A step on the subscriptions of a feed. The feed carries it out, under its lock. */
    sealed interface OnSubscriptions extends Effect {}

    /** A step that waits for the database, on a reader thread. {@link Delivery} then decides what follows from the result. */
    sealed interface OnLog extends Effect {}

    /** Send these frames to every subscription. The first follows the feed's offset, which moves to the last. */
    record Deliver(List<LoggedFrame> frames) implements OnSubscriptions {}

    /**
     * End a user's subscriptions because an event took away the right to read. A subscription stays if it was allowed by a view that
     * already includes that event.
     *
     * @param offset the event's offset
     */
    record EndUser(String user, long offset) implements OnSubscriptions {}

    /** End the subscriptions of all users who may not read the room by this view. A subscription that a later view allowed stays. */
    record EndUnentitled(RoomView view) implements OnSubscriptions {}

    /** End all subscriptions. The feed accepts no new ones. */
    record EndAll(EndReason reason) implements OnSubscriptions {}

    /**
     * Read the log after this offset.
     *
     * @param upTo the offset of the last event that is known to be missing
     */
    record ReadMissing(long after, long upTo) implements OnLog {}

    /** Read the position of the log's head, because two epochs differ and only the log knows the current one. */
    record ReadHead() implements OnLog {}
}
