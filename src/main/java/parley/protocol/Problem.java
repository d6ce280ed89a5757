package parley.protocol;

/**
 * A refusal as a value: what the caller is told if a request is not done. Exceptions are never used for this.
 *
 * @param code the kind of refusal
 * @param message one sentence for a developer; it reveals nothing about other people or the inside of the server
 * @param temporary whether the same request may succeed later
 * @param retryAfter milliseconds after which a retry makes sense; 0 if unknown
 */
public record Problem(ErrorCode code, String message, boolean temporary, long retryAfter) {

    /** {@link #retryAfter} as the HTTP header of that name has it: whole seconds, rounded up (RFC 9110 section 10.2.3). */
    public long retrySeconds() {
        return (retryAfter + 999) / 1_000;
    }

    public static Problem badRequest(String message) {
        return lasting(ErrorCode.BAD_REQUEST, message);
    }

    public static Problem unauthorized(String message) {
        return lasting(ErrorCode.UNAUTHORIZED, message);
    }

    public static Problem forbidden(String message) {
        return lasting(ErrorCode.FORBIDDEN, message);
    }

    /** The one answer for a room that does not exist and for one that the caller may not see. */
    public static Problem noSuchRoom() {
        return lasting(ErrorCode.NOT_FOUND, "There is no such room.");
    }

    /** There is nothing at this address. */
    public static Problem notFound() {
        return lasting(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }

    /** Whether the refusal may hide something that exists. */
    public boolean hides() {
        return code == ErrorCode.NOT_FOUND;
    }

    /** A rule of the room or of the installation does not allow the text. */
    public static Problem refusedText(String message) {
        return lasting(ErrorCode.REFUSED_TEXT, message);
    }

    public static Problem conflict(String message) {
        return lasting(ErrorCode.CONFLICT, message);
    }

    public static Problem tooLarge(String message) {
        return lasting(ErrorCode.TOO_LARGE, message);
    }

    /** It no longer exists. */
    public static Problem gone(String message) {
        return lasting(ErrorCode.GONE, message);
    }

    /** This deployment has switched the feature off. */
    public static Problem unsupported(Feature feature) {
        return lasting(ErrorCode.UNSUPPORTED, "The feature `" + feature.wire() + "` is switched off.");
    }

    /** The room has no such message. The room itself may be seen, so nothing is hidden. */
    public static Problem noSuchMessage() {
        return lasting(ErrorCode.NOT_FOUND, "There is no such message.");
    }

    /** The room has no such document. The room itself may be seen, so nothing is hidden. */
    public static Problem noSuchDocument() {
        return lasting(ErrorCode.NOT_FOUND, "There is no such document.");
    }

    /** The room has no such hook. The caller manages the hooks of the room, so nothing is hidden. */
    public static Problem noSuchHook() {
        return lasting(ErrorCode.NOT_FOUND, "There is no such hook.");
    }

    /** Nobody has signed in with this id, or the caller may not know that person. */
    public static Problem noSuchPerson() {
        return lasting(ErrorCode.NOT_FOUND, "There is no such person.");
    }

    /** Too much of one asker. */
    public static Problem rateLimited(String message, long retryAfter) {
        return new Problem(ErrorCode.RATE_LIMITED, message, true, retryAfter);
    }

    /** The server can't do it now, and nothing was done. */
    public static Problem unavailable(String message) {
        return new Problem(ErrorCode.UNAVAILABLE, message, true, 1_000);
    }

    /** A defect of the server; details are only in its log. */
    public static Problem internal() {
        return new Problem(ErrorCode.INTERNAL, "The server failed to do this.", true, 1_000);
    }

    private static Problem lasting(ErrorCode code, String message) {
        return new Problem(code, message, false, 0);
    }
}
