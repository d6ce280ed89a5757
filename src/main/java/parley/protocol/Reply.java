package parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The one answer to one command. */
public sealed interface Reply extends Outbound {

    /** The command's id, 0 (sent as {@code null}) when the frame was too broken to have one. */
    long re();

    /** It was not done. */
    record Refused(long re, Problem problem) implements Reply {}

    /** It was done, and there's nothing more to say. */
    record Done(long re) implements Reply {}

    /** The change is stored; {@code offset} is the head of the log after it. */
    record Stored(long re, long offset) implements Reply {}

    /** The message is in the log at {@code offset}; {@code duplicate} when it was there before this command. */
    record Posted(long re, long offset, boolean duplicate) implements Reply {}

    /** The connection uses the new token until it expires. */
    record Refreshed(long re, Instant expires) implements Reply {}

    /** A page of history in ascending order; {@code more} if there are further messages in its direction. */
    record Page(long re, List<Message> messages, boolean more) implements Reply {}

    /**
     * The subscription has begun. Events follow from {@code offset + 1} ({@code since.offset + 1} when recovered).
     *
     * @param mutedUntil the end of the caller's mute, if there is one
     * @param recovered whether every event after {@code since} follows
     * @param messages the newest messages in ascending order, {@code null} when none were asked for
     * @param unread messages after the caller's read position, at most 100
     */
    record Subscribed(long re, String room, Position at, Role role, Optional<Instant> mutedUntil, boolean recovered,
                      List<Message> messages, int unread, Online online) implements Reply {}
}
