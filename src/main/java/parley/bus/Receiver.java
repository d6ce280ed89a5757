package parley.bus;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes what was sent to the topic, this node's own sign of life included: when not even that comes, the connection is
 * dead, whatever it says, and is made anew. A thread of its own; no message-driven bean, because one can't be deployed
 * while the broker is away, and an instance must start then too.
 */
final class Receiver implements Runnable {

    private static final Logger LOG = Logger.getLogger(Receiver.class.getName());
    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long WAIT_MILLIS = 1_000;

    private final ConnectionFactory connections;
    private final Topic topic;
    private final BiConsumer<String, Packet> heard;
    private final BusMetrics metrics;
    private volatile boolean hearing;

    /** {@code heard} is told every packet with its node, by this thread. */
    Receiver(ConnectionFactory connections, Topic topic, BiConsumer<String, Packet> heard, BusMetrics metrics) {
        this.connections = connections;
        this.topic = topic;
        this.heard = heard;
        this.metrics = metrics;
    }

    boolean isHearing() {
        return hearing;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            // What comes twice changes nothing, and an acknowledgement each would cost as much as reading it.
            try (JMSContext context = connections.createContext(JMSContext.DUPS_OK_ACKNOWLEDGE);
                 JMSConsumer consumer = context.createConsumer(topic)) {
                receive(consumer);
            } catch (RuntimeException | JMSException away) {
                LOG.log(Level.FINE, "The broker can't be heard; it is tried again", away);
            } finally {
                hearing = false;
            }
            pause();
        }
    }

    private void receive(JMSConsumer consumer) throws JMSException {
        long heardAt = System.nanoTime();
        while (!Thread.currentThread().isInterrupted() && System.nanoTime() - heardAt < LONGEST_SILENCE) {
            Message message = consumer.receive(WAIT_MILLIS);
            if (message instanceof TextMessage text) {
                heardAt = System.nanoTime();
                hearing = true;
                take(text);
            }
        }
        // Ending a dead connection takes as long as the network likes.
        hearing = false;
    }

    private void take(TextMessage message) throws JMSException {
        metrics.received();
        String node = message.getStringProperty(RoomBus.NODE);
        try {
            PacketCodec.read(message.getText()).forEach(packet -> heard.accept(node, packet));
        } catch (RuntimeException defect) {
            // Of another version, or not ours: the log has what matters.
            LOG.log(Level.WARNING, "A message of node " + node + " could not be taken", defect);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
