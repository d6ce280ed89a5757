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

    /** The message is stored and waits for a moderator; {@code duplicate} when it did before this command. */
    record Held(long re, boolean duplicate) implements Reply {}

    /** The update is in the log of its document as {@code version}; {@code duplicate} when it was there before this command. */
    record Updated(long re, long version, boolean duplicate) implements Reply {}

    /**
     * A document as of a version. The snapshot and the updates after it together are the document, or what the client misses of it.
     *
     * @param version the version of the last of the updates
     * @param snapshot base64 of the snapshot of the updates before these; empty without one
     * @param download whether the snapshot of {@code version} is too long for a frame, so that the client gets it over HTTP
     * @param updates base64 of each update up to {@code version}, in order without a gap
     * @param recovered whether the updates are all that the client misses
     * @param more whether there are further updates, so that the document is not open yet
     */
    record Opened(long re, String document, String title, long version, Optional<String> snapshot, boolean download,
                  List<String> updates, boolean recovered, boolean more) implements Reply {}

    /**
     * The caller is in a call, or has left it.
     *
     * @param participant the caller's participant; empty after leaving
     * @param people who is in the call now, with the caller
     */
    record InCall(long re, String call, Optional<String> participant, List<CallParticipant> people) implements Reply {}

    /** The bot was told. Its answer names this call. */
    record Called(long re, String call) implements Reply {}

    /** The slash commands that a room offers, by name. */
    record Slashes(long re, List<Slash.Offered> commands) implements Reply {}

    /**
     * The caller's rooms, the most recent first. Changes follow as events.
     *
     * @param next where the further rooms begin, if there are any
     */
    record Watching(long re, List<MyRoom> rooms, Optional<String> next) implements Reply {}

    /** The connection uses the new token until it expires, in {@code expiresIn} milliseconds. */
    record Refreshed(long re, Instant expires, long expiresIn) implements Reply {}

    /**
     * A page of history in ascending order.
     *
     * @param asOf the offset of the last event that the messages include
     * @param more whether there are further messages in its direction; before the page if it was read on both sides of a place
     * @param moreAfter whether there are further messages after the page; empty unless it was read on both sides of a place
     */
    record Page(long re, long asOf, List<Message> messages, boolean more, Optional<Boolean> moreAfter) implements Reply {}

    /**
     * The subscription has begun. Events follow from {@code offset + 1} ({@code since.offset + 1} when recovered).
     *
     * @param mutedUntil the end of the caller's mute, if there is one
     * @param recovered whether every event after {@code since} follows
     * @param newest the newest messages, empty if none were asked for
     * @param unread what the caller has not read; empty if the caller is no member
     * @param readers how far the other people have read; none in a large room
     * @param call the call of the room, if there is one now
     */
    record Subscribed(long re, String room, Position at, Role role, Optional<Instant> mutedUntil, boolean recovered,
                      Optional<Newest> newest, Optional<Unread> unread, List<Unread.Reader> readers,
                      Optional<OngoingCall> call, Online online) implements Reply {

        /**
         * The newest messages in ascending order.
         *
         * @param asOf the offset of the last event that they include: the position of the subscription or later
         */
        public record Newest(List<Message> messages, long asOf) {}
    }
}
