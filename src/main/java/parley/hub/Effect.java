package parley.hub;

import java.util.List;
import parley.journal.LoggedFrame;
import parley.room.RoomView;

/** One step of what {@link Delivery} decides. Steps are carried out in the order of their list. */
sealed interface Effect {

    /** A step on the subscriptions of a feed. The feed carries it out, under its lock. */
    sealed interface OnSubscriptions extends Effect {}

    /** A step that waits for the database. A reader thread carries it out, and {@link Delivery} decides on what it read. */
    sealed interface OnLog extends Effect {}

    /** Send these frames to every subscription. They follow the feed's offset, which moves to the last of them. */
    record Deliver(List<LoggedFrame> frames) implements OnSubscriptions {}

    /**
     * End a user's subscriptions because an event took the right to read. A subscription that a view at or after that event allowed
     * stays.
     *
     * @param offset the event's offset
     */
    record EndUser(String user, long offset) implements OnSubscriptions {}

    /** End the subscriptions of all users who may not read the room by this view, except those that a later view allowed. */
    record EndUnentitled(RoomView view) implements OnSubscriptions {}

    /** End all subscriptions. The feed takes no more of them. */
    record EndAll(EndReason reason) implements OnSubscriptions {}

    /**
     * Read the log after this offset.
     *
     * @param upTo the last event that is known to be missing
     */
    record ReadMissing(long after, long upTo) implements OnLog {}

    /** Read the position of the log's head, because an epoch differs and only the log knows the current one. */
    record ReadHead() implements OnLog {}
}
