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

/** On which thread Grizzly handles an event of a connection: on Parley's own where the connection is Parley's, else as before. */
final class ReceivingStrategy extends AbstractIOStrategy {

    private static final Logger LOG = Logger.getLogger(ReceivingStrategy.class.getName());

    private final IOStrategy beneath;
    private final Executor threads;

    private ReceivingStrategy(IOStrategy beneath, Executor threads) {
        this.beneath = beneath;
        this.threads = threads;
    }

    /** Has these threads read from connections that come over the same listener as this one and are led to a wire. */
    static void putUnder(Connection<?> connection, Receivers receivers) {
        if (!(connection.getTransport() instanceof NIOTransport listener)) {
            return;
        }
        synchronized (listener) {
            IOStrategy before = listener.getIOStrategy();
            if (before instanceof ReceivingStrategy) {
                return;
            }
            ReceivingStrategy strategy = new ReceivingStrategy(before, receivers);
            listener.setIOStrategy(strategy);
            receivers.atEnd(() -> {
                if (listener.getIOStrategy() == strategy) {
                    listener.setIOStrategy(before);
                }
            });
        }
    }

    @Override
    public boolean executeIoEvent(Connection connection, IOEvent event, boolean isEnabled) throws IOException {
        if (event != IOEvent.READ || !GrizzlyChain.leads(connection)) {
            return beneath.executeIoEvent(connection, event, isEnabled);
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
        return event == IOEvent.READ && GrizzlyChain.leads(connection) ? threads : beneath.getThreadPoolFor(connection, event);
    }
}
