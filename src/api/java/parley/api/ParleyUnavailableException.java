package parley.api;

/** Parley is not deployed in this server, is starting or stopping, or can't answer now. The same call may succeed later. */
public class ParleyUnavailableException extends ParleyException {

    private static final long serialVersionUID = 1;

    ParleyUnavailableException(String message) {
        super("unavailable", message);
    }

    ParleyUnavailableException(String message, Throwable cause) {
        super("unavailable", message, cause);
    }
}
