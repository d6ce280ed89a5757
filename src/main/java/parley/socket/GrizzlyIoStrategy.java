package parley.socket;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Context;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOEventLifeCycleListener;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.nio.NIOTransport;
import org.glassfish.grizzly.strategies.AbstractIOStrategy;

/** Handles reads of connections that were taken over on {@link ReceiverThreads}. Everything else goes to the listener's own strategy. */
@SuppressWarnings("rawtypes") // As in the interface.
final class GrizzlyIoStrategy extends AbstractIOStrategy {

    private static final Logger LOG = Logger.getLogger(GrizzlyIoStrategy.class.getName());

    private final IOStrategy original;
    private final Executor threads;
    private final IOEventLifeCycleListener reading = new Reading();

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
            threads.execute(() -> fireIOEvent(connection, event, reading, LOG));
        } catch (RejectedExecutionException stopping) {
            connection.terminateSilently();
        }
        return true;
    }

    /** Has the connection read again after its bytes were handled: at once, or after a pause that the wire asked for. */
    private final class Reading extends IOEventLifeCycleListener.Adapter {

        @Override
        public void onReregister(Context context) throws IOException {
            onComplete(context, null);
        }

        @Override
        public void onComplete(Context context, Object data) throws IOException {
            Connection<?> connection = context.getConnection();
            long pause = GrizzlyFilter.pause(connection);
            if (pause <= 0) {
                ENABLE_INTEREST_LIFECYCLE_LISTENER.onComplete(context, data);
            } else {
                CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, threads).execute(() -> readAgain(connection));
            }
        }

        private void readAgain(Connection<?> connection) {
            try {
                connection.enableIOEvent(IOEvent.READ);
            } catch (IOException closed) {
                connection.terminateSilently();
            }
        }
    }

    @Override
    public Executor getThreadPoolFor(Connection connection, IOEvent event) {
        return event == IOEvent.READ && GrizzlyFilter.isInstalledOn(connection) ? threads : original.getThreadPoolFor(connection, event);
    }
}
