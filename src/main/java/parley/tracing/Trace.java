package parley.tracing;

/**
 * The trace of one command. Times are values of {@link System#nanoTime}. Methods never throw. Safe for every thread.
 */
public interface Trace {

    /** The trace of a command that is not sampled: does nothing. */
    Trace NONE = new Trace() {
        @Override
        public void commit(int batch, boolean stored, long start, long end) {
        }

        @Override
        public void deliver(long start, long end) {
        }

        @Override
        public void end(String outcome) {
        }
    };

    /**
     * Records the transaction that decided this command.
     *
     * @param batch the number of commands in the transaction
     * @param stored whether the database accepted the transaction
     */
    void commit(int batch, boolean stored, long start, long end);

    /** Records that the events of this command's batch were handed to the subscriptions of this instance. */
    void deliver(long start, long end);

    /**
     * Ends the trace.
     *
     * @param outcome {@code ok} or an error code
     */
    void end(String outcome);
}
