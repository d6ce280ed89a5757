package parley.bench;

/** What was to be measured could not be: one sentence for the person at the terminal. */
final class BenchFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchFailed(String sentence) {
        super(sentence);
    }
}
