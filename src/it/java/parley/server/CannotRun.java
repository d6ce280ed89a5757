package parley.server;

/** A reason why the server can't run, as one sentence for the person at the terminal: no stack trace belongs beside it. */
public final class CannotRun extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotRun(String sentence) {
        super(sentence);
    }
}
