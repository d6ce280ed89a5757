package parley.client;

import java.time.Duration;

/**
 * Why a command failed. Futures of this package fail with it.
 *
 * <p>{@link #code} is an error code of the protocol, such as {@code forbidden}, or one of the client: {@code unsent_full} (too many
 * commands wait), {@code too_large} (larger than the server's limit), {@code timeout} (no answer in time; the command may have been
 * executed), or {@code closed} (the client has ended).
 */
public final class ParleyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;
    private final boolean temporary;
    private final Duration retryAfter;

    ParleyException(String code, String message, boolean temporary, Duration retryAfter) {
        super(message);
        this.code = code;
        this.temporary = temporary;
        this.retryAfter = retryAfter;
    }

    ParleyException(String code, String message) {
        this(code, message, false, Duration.ZERO);
    }

    /** The error code. Later versions of the server may have others than this one. */
    public String code() {
        return code;
    }

    /** Whether the same command may succeed later. */
    public boolean temporary() {
        return temporary;
    }

    /** How long the server wants the client to wait; zero if it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
