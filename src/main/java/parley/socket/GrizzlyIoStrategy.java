package parley.socket;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Logger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.nio.NIOTransport;
import org.glassfish.grizzly.strategies.AbstractIOStrategy;

/** Handles reads of connections that were taken over on {@link ReceiverThreads}. Everything else goes to the listener's own strategy. */
@SuppressWarnings("rawtypes") // As in the interface.
final class GrizzlyIoStrategy extends AbstractIOStrategy {

    private static final Logger LOG = Logger.getLogger(GrizzlyIoStrategy.class.getName());

    private final IOStrategy original;
    private final Executor threads;

    private GrizzlyIoStrategy(IOStrategy original, Executor threads) {
        this.original = original;
        this.threads = threads;
    }

    /** Installs the strategy on the listener of this connection, once, until the application stops. */
    static void install(Connection<?> connection, ReceiverThreads receivers) {
        if (!(connection.getTransport() instanceof NIOTransport listener)) {
            return;
        }
        synchronized (listener) {
            IOStrategy original = listener.getIOStrategy();
            if (original instanceof GrizzlyIoStrategy) {
                return;
            }
            GrizzlyIoStrategy strategy = new GrizzlyIoStrategy(original, receivers);
            listener.setIOStrategy(strategy);
            receivers.onStop(() -> {
                if (listener.getIOStrategy() == strategy) {
                    listener.setIOStrategy(original);
                }
            });
        }
    }

    @Override
    public boolean executeIoEvent(Connection connection, IOEvent event, boolean isEnabled) throws IOException {
        if (event != IOEvent.READ || !GrizzlyFilter.isInstalledOn(connection)) {
            return original.executeIoEvent(connection, event, isEnabled);
        }
        if (isEnabled) {
            connection.disableIOEvent(event);
        }
        try {
            threads.execute(() -> fireIOEvent(connection, event, ENABLE_INTEREST_LIFECYCLE_LISTENER, LOG));
        } catch (RejectedExecutionException stopping) {
            connection.terminateSilently();
        }
        return true;
    }

    @Override
    public Executor getThreadPoolFor(Connection connection, IOEvent event) {
        return event == IOEvent.READ && GrizzlyFilter.isInstalledOn(connection) ? threads : original.getThreadPoolFor(connection, event);
    }
}
