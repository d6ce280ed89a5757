package parley.threads;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does something periodically until its loop is stopped. A failure, an {@link Error} too, ends only the present run.
 *
 * @param name what is watched, for the log
 */
record PeriodicTask(String name, Duration pause, Consumer<Loop> look) implements Consumer<Loop> {

    private static final Logger LOG = Logger.getLogger(PeriodicTask.class.getName());

    @Override
    public void accept(Loop loop) {
        boolean failing = false;
        while (loop.goesOn()) {
            try {
                loop.pause(pause);
                if (loop.goesOn()) {
                    look.accept(loop);
                }
                failing = false;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (Throwable failed) {
                // A run that is in progress while the application stops loses what it works with.
                if (!failing && loop.goesOn()) {
                    tell(failed);
                }
                failing = true;
            }
            loop.completed();
        }
    }

    // A defect is logged with its stack trace, an unreachable database only with its message.
    private void tell(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        if (cause instanceof SQLException) {
            LOG.log(Level.WARNING, "The watch over {0} failed; it is tried again: {1}", new Object[] {name, cause.getMessage()});
        } else {
            LOG.log(Level.WARNING, "The watch over " + name + " failed; it is tried again", failed);
        }
    }
}
