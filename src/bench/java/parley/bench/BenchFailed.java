package parley.bench;

/** A measurement is impossible. The message is shown to the user without a stack trace. */
final class BenchFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchFailed(String message) {
        super(message);
    }
}
