package parley.bus;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends packets to the topic, sealed and in their order, as many in a message as have come in meanwhile. It never keeps
 * anyone waiting: what doesn't fit in its queue or in a message, or comes while the broker is away, is dropped and counted,
 * because the log has it. A thread of its own.
 */
final class Publisher implements Runnable {

    private static final Logger LOG = Logger.getLogger(Publisher.class.getName());
    private static final int MOST_A_MESSAGE = 64;
    private static final long TICK_MILLIS = 500;
    private static final long TRY_AGAIN_MILLIS = 1_000;
    // A hint that is older than this tells nobody anything that the log didn't.
    private static final long WORTH_MILLIS = 30_000;

    private final ConnectionFactory connections;
    private final Topic topic;
    private final BusMessageBuilder builder;
    private final Sealer sealer;
    private final Supplier<List<Packet>> due;
    private final BusMetrics metrics;
    private final BlockingQueue<Packet> queue;
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile boolean connected;
    private volatile boolean leaving;
    private long tickedAt;

    /** {@code due} is asked twice a second for what else is to be sent. */
    Publisher(ConnectionFactory connections, Topic topic, BusMessageBuilder builder, Sealer sealer, int mostWaiting, Supplier<List<Packet>> due,
              BusMetrics metrics) {
        this.connections = connections;
        this.topic = topic;
        this.builder = builder;
        this.sealer = sealer;
        this.due = due;
        this.metrics = metrics;
        this.queue = new ArrayBlockingQueue<>(mostWaiting);
    }

    void publish(Packet packet) {
        if (!connected || !queue.offer(packet)) {
            metrics.dropped(1);
        }
    }

    /** Sends what waits and that this instance goes, and ends; waits for it a second at most. */
    void leave() {
        leaving = true;
        publish(new Packet.Leaving());
        try {
            left.await(TRY_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many packets wait. */
    int waiting() {
        return queue.size();
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public void run() {
        boolean told = false;
        while (!leaving && !Thread.currentThread().isInterrupted()) {
            try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
                JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                        .setDisableMessageID(true).setTimeToLive(WORTH_MILLIS);
                connected = true;
                told = false;
                LOG.info("Events are published to the other instances");
                publish(context, producer);
            } catch (RuntimeException away) {
                if (!told) {
                    LOG.log(Level.WARNING, "The broker can''t be reached; other instances read the log: {0}", away.getMessage());
                }
                told = true;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                connected = false;
                List<Packet> lost = new ArrayList<>();
                metrics.dropped(queue.drainTo(lost));
            }
            if (!leaving) {
                pause();
            }
        }
        left.countDown();
    }

    private void publish(JMSContext context, JMSProducer producer) throws InterruptedException {
        List<Packet> batch = new ArrayList<>(MOST_A_MESSAGE);
        while (!batch.contains(new Packet.Leaving())) {
            batch.clear();
            Packet first = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, MOST_A_MESSAGE - 1);
            }
            if (System.nanoTime() - tickedAt >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                tickedAt = System.nanoTime();
                batch.addAll(due.get());
            }
            send(batch, context, producer);
        }
    }

    private void send(List<Packet> batch, JMSContext context, JMSProducer producer) {
        for (Packet packet : batch) {
            metrics.dropped(builder.put(packet) ? 0 : 1);
            if (builder.isFull()) {
                send(context, producer);
            }
        }
        if (!builder.isEmpty()) {
            send(context, producer);
        }
    }

    private void send(JMSContext context, JMSProducer producer) {
        try {
            BytesMessage message = context.createBytesMessage();
            message.writeBytes(sealer.seal(builder.take()));
            producer.send(topic, message);
            metrics.published();
        } catch (JMSException away) {
            throw new JMSRuntimeException(away.getMessage(), away.getErrorCode(), away);
        }
    }

    private void pause() {
        try {
            left.await(TRY_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
