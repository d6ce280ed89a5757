package parley.hub;

import parley.protocol.ErrorCode;

/** Why the server ends a subscription, and whether the client may subscribe again at once. */
enum EndReason {
    /** The user may no longer read the room. */
    RIGHT_LOST(ErrorCode.FORBIDDEN, false),
    /** The room was closed. */
    ROOM_CLOSED(ErrorCode.GONE, false),
    /** The log has a new epoch, or no longer holds what is missing: the client has to load the room again. */
    LOG_REPLACED(ErrorCode.GONE, true),
    /** More events arrived before the reply to {@code subscribe} than are held back. */
    BACKLOG_FULL(ErrorCode.UNAVAILABLE, true);

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
