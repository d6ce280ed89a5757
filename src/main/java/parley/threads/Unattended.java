package parley.threads;

import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Futures that nobody waits for. */
public final class Unattended {

    private Unattended() {
    }

    /** Logs the failure of this future as a warning, with this message. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public static void log(CompletionStage<?> future, Logger log, String message) {
        future.whenComplete((done, failed) -> {
            if (failed != null) {
                log.log(Level.WARNING, message, failed);
            }
        });
    }
}
