package parley.server;

/** The server can't be started or configured. The message is shown to the user without a stack trace. */
public final class CannotRun extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotRun(String message) {
        super(message);
    }
}
