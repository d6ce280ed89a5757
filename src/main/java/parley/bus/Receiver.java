package parley.bus;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Topic;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes what was sent to the topic, this instance's own sign of life included: when nothing of the installation comes, not even
 * that, the connection is dead, whatever it says, and is made again. A thread of its own; no message-driven bean, because
 * one can't be deployed while the broker is away, and an instance must start then too.
 */
final class Receiver implements Runnable {

    private static final Logger LOG = Logger.getLogger(Receiver.class.getName());
    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long WAIT_MILLIS = 1_000;
    // A client inflates a compressed message before anyone has looked at it, to whatever size it says: the broker keeps such messages.
    private static final String UNCOMPRESSED = "JMS_SUN_UNCOMPRESSED_SIZE IS NULL";

    private final ConnectionFactory connections;
    private final Topic topic;
    private final Unsealer unsealer;
    private final Predicate<Unsealed.Message> heard;
    private final Refusals refusals;
    private final BusMetrics metrics;
    private volatile boolean hearing;
    // The broker's client swallows interrupts.
    private volatile boolean stopping;

    /** {@code heard} is told every message of this installation, by this thread, and answers whether it is one of now. */
    Receiver(ConnectionFactory connections, Topic topic, Unsealer unsealer, Predicate<Unsealed.Message> heard, Refusals refusals,
             BusMetrics metrics) {
        this.connections = connections;
        this.topic = topic;
        this.unsealer = unsealer;
        this.heard = heard;
        this.refusals = refusals;
        this.metrics = metrics;
    }

    boolean isHearing() {
        return hearing;
    }

    /** Ends the thread that runs this, within a second where the broker answers. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            // What comes twice changes nothing, and an acknowledgement each would cost as much as reading it.
            try (JMSContext context = connections.createContext(JMSContext.DUPS_OK_ACKNOWLEDGE);
                 JMSConsumer consumer = context.createConsumer(topic, UNCOMPRESSED)) {
                receive(consumer);
            } catch (RuntimeException | JMSException away) {
                LOG.log(Level.FINE, "The broker can't be heard; it is tried again", away);
            } finally {
                hearing = false;
            }
            if (!stopping) {
                pause();
            }
        }
    }

    private void receive(JMSConsumer consumer) throws JMSException {
        long heardAt = System.nanoTime();
        while (!stopping && System.nanoTime() - heardAt < LONGEST_SILENCE) {
            Message message = consumer.receive(WAIT_MILLIS);
            if (message != null && take(message)) {
                heardAt = System.nanoTime();
                hearing = true;
            }
        }
        // Ending a dead connection takes as long as the network likes.
        hearing = false;
    }

    private boolean take(Message message) {
        metrics.received();
        return switch (open(message)) {
            case Unsealed.Message opened -> take(opened);
            case Unsealed.Refused refused -> {
                refusals.note(refused.why(), 1);
                yield false;
            }
        };
    }

    private boolean take(Unsealed.Message message) {
        try {
            return heard.test(message);
        } catch (RuntimeException defect) {
            LOG.log(Level.WARNING, "What another instance said could not be taken; the log has what matters", defect);
            return true;
        }
    }

    private Unsealed open(Message message) {
        if (!(message instanceof BytesMessage bytes)) {
            return new Unsealed.Refused(Refusal.FOREIGN);
        }
        try {
            if (bytes.getBodyLength() > Unsealer.LARGEST) {
                return new Unsealed.Refused(Refusal.TOO_LARGE);
            }
            byte[] body = new byte[(int) bytes.getBodyLength()];
            bytes.readBytes(body);
            return unsealer.open(body);
        } catch (JMSException broken) {
            return new Unsealed.Refused(Refusal.FOREIGN);
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
