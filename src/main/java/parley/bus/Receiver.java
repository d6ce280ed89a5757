package parley.bus;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Topic;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.threads.Loop;

/**
 * Receives messages from the topic, including this instance's own heartbeats. If no current message of the installation arrives for 10 s,
 * the connection is considered dead and is opened again. Runs on its own thread. It is not a message-driven bean, because one can't be
 * deployed while the broker is unreachable, and an instance must be able to start then.
 */
final class Receiver implements Consumer<Loop> {

    private static final Logger LOG = Logger.getLogger(Receiver.class.getName());
    private static final long SILENCE_TIMEOUT = TimeUnit.SECONDS.toNanos(10);
    private static final long WAIT_MILLIS = 1_000;
    // The JMS client inflates a compressed message to any size before we see it, so the broker must not deliver such messages.
    private static final String UNCOMPRESSED = "JMS_SUN_UNCOMPRESSED_SIZE IS NULL";

    private final ConnectionFactory connections;
    private final Topic topic;
    private final Unsealer unsealer;
    private final Predicate<Unsealed.Message> handler;
    private final RefusalLog refusals;
    private final BusMetrics metrics;
    private volatile boolean receiving;
    // The JMS client swallows interrupts.
    private volatile boolean stopping;

    /** @param handler gets each message with a valid seal, on this thread, and returns whether the message is current */
    Receiver(ConnectionFactory connections, Topic topic, Unsealer unsealer, Predicate<Unsealed.Message> handler, RefusalLog refusals,
             BusMetrics metrics) {
        this.connections = connections;
        this.topic = topic;
        this.unsealer = unsealer;
        this.handler = handler;
        this.refusals = refusals;
        this.metrics = metrics;
    }

    /** Whether a current message arrived recently. */
    boolean isReceiving() {
        return receiving;
    }

    /** Stops the receiver: within a second, if the broker responds. */
    void stop() {
        stopping = true;
    }

    @Override
    public void accept(Loop loop) {
        while (!stopping) {
            // Duplicates are harmless, and acknowledging each message would cost as much as receiving it.
            try (JMSContext context = connections.createContext(JMSContext.DUPS_OK_ACKNOWLEDGE);
                 JMSConsumer consumer = context.createConsumer(topic, UNCOMPRESSED)) {
                receive(consumer, loop);
            } catch (Throwable failed) {
                LOG.log(Level.FINE, "Receiving from the broker failed; reconnecting", failed);
            } finally {
                receiving = false;
            }
            loop.completed();
            if (!stopping) {
                pause();
            }
        }
    }

    private void receive(JMSConsumer consumer, Loop loop) throws JMSException {
        long receivedAt = System.nanoTime();
        while (!stopping && System.nanoTime() - receivedAt < SILENCE_TIMEOUT) {
            Message message = consumer.receive(WAIT_MILLIS);
            if (message != null && handle(message)) {
                receivedAt = System.nanoTime();
                receiving = true;
            }
            loop.completed();
        }
        // Closing a dead connection can block for long, so the state changes first.
        receiving = false;
    }

    private boolean handle(Message message) {
        metrics.received();
        return switch (open(message)) {
            case Unsealed.Message opened -> handle(opened);
            case Unsealed.Refused refused -> {
                refusals.record(refused.reason(), 1);
                yield false;
            }
        };
    }

    private boolean handle(Unsealed.Message message) {
        try {
            return handler.test(message);
        } catch (Throwable defect) {
            LOG.log(Level.WARNING, "Applying a message of another instance failed; its events will be read from the log", defect);
            return true;
        }
    }

    private Unsealed open(Message message) {
        if (!(message instanceof BytesMessage bytes)) {
            return new Unsealed.Refused(Refusal.UNKNOWN_FORMAT);
        }
        try {
            if (bytes.getBodyLength() > Unsealer.MAX_BYTES) {
                return new Unsealed.Refused(Refusal.TOO_LARGE);
            }
            byte[] body = new byte[(int) bytes.getBodyLength()];
            bytes.readBytes(body);
            metrics.receivedBytes(body.length);
            return unsealer.open(body);
        } catch (JMSException broken) {
            return new Unsealed.Refused(Refusal.UNKNOWN_FORMAT);
        }
    }

    private void pause() {
        try {
            Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException stopped) {
            stopping = true;
        }
    }
}
