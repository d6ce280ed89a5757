package parley.protocol;

import java.util.Locale;

/** Why a request was refused: the same list on the socket and over HTTP. */
public enum ErrorCode {
    BAD_REQUEST(400), UNAUTHORIZED(401), FORBIDDEN(403), NOT_FOUND(404), CONFLICT(409), TOO_LARGE(413),
    RATE_LIMITED(429), GONE(410), REFUSED_TEXT(422), UNSUPPORTED(404), UNAVAILABLE(503), INTERNAL(500);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status that means the same. */
    public int status() {
        return status;
    }

    /** The closest code for an HTTP status. */
    public static ErrorCode of(int status) {
        for (ErrorCode code : values()) {
            if (code.status == status) {
                return code;
            }
        }
        return status < 500 ? BAD_REQUEST : INTERNAL;
    }

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
