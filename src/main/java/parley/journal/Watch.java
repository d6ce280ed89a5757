package parley.journal;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does something again and again, with a pause between, until its thread is interrupted. What fails is tried again.
 *
 * @param name what is watched, for the log
 */
public record Watch(String name, Duration pause, Runnable look) implements Runnable {

    private static final Logger LOG = Logger.getLogger(Watch.class.getName());

    @Override
    public void run() {
        boolean failing = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(pause);
                look.run();
                failing = false;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failed) {
                LOG.log(failing ? Level.FINE : Level.WARNING, "The watch over " + name + " failed; it is tried again", failed);
                failing = true;
            }
        }
    }
}
