package parley.hub;

import parley.protocol.ErrorCode;

/** Why the server ends a subscription, and whether the client may subscribe again at once. */
enum EndReason {
    /** The user may no longer read the room. */
    RIGHT_LOST(ErrorCode.FORBIDDEN, false),
    /** The room was closed. */
    ROOM_CLOSED(ErrorCode.GONE, false),
    /** The log has a new epoch, or no longer holds events that the client misses: the client must load the room again. */
    LOG_REPLACED(ErrorCode.GONE, true),
    /** The client reads so slowly that it is more than {@link Feed#MOST_BEHIND} events behind. */
    TOO_FAR_BEHIND(ErrorCode.UNAVAILABLE, true);

    private final ErrorCode code;
    private final boolean resubscribe;

    EndReason(ErrorCode code, boolean resubscribe) {
        this.code = code;
        this.resubscribe = resubscribe;
    }

    /** The code in {@code unsubscribed}. */
    ErrorCode code() {
        return code;
    }

    /** Whether the client may subscribe again at once. */
    boolean resubscribe() {
        return resubscribe;
    }
}
