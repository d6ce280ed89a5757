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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.threads.Loop;

/**
 * Sends packets to the topic: sealed, in order, all queued ones together. Callers never wait. A packet is dropped and counted if the queue
 * is full, the packet is too large, or the broker is unreachable. The next message then leaves out a number, and other instances read the
 * log. Runs on its own thread.
 */
final class Publisher implements Consumer<Loop> {

    private static final Logger LOG = Logger.getLogger(Publisher.class.getName());
    private static final int BATCH_SIZE = 64;
    private static final long TICK_MILLIS = 500;
    private static final long RETRY_MILLIS = 1_000;
    // Instances have read the log long before a message of this age arrives.
    private static final long TIME_TO_LIVE_MILLIS = 30_000;

    private final ConnectionFactory connections;
    private final Topic topic;
    private final BusMessageBuilder builder;
    private final Sealer sealer;
    private final Supplier<List<Packet>> periodic;
    private final BusMetrics metrics;
    private final BlockingQueue<Supplier<List<Packet>>> queue;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicBoolean incomplete = new AtomicBoolean();
    private volatile boolean connected;
    private volatile boolean leaving;
    private long tickedAt;

    /**
     * @param maxQueued the capacity of the queue, in packets
     * @param periodic supplies further packets to send, twice a second
     */
    Publisher(ConnectionFactory connections, Topic topic, BusMessageBuilder builder, Sealer sealer, int maxQueued,
              Supplier<List<Packet>> periodic, BusMetrics metrics) {
        this.connections = connections;
        this.topic = topic;
        this.builder = builder;
        this.sealer = sealer;
        this.periodic = periodic;
        this.metrics = metrics;
        this.queue = new ArrayBlockingQueue<>(maxQueued);
    }

    /** Queues a packet, or drops it. Never blocks. */
    void publish(Packet packet) {
        publishLater(() -> List.of(packet));
    }

    /** The same with packets that the publisher's thread makes when it sends them. Returns whether they are queued. */
    boolean publishLater(Supplier<List<Packet>> packets) {
        boolean queued = connected && queue.offer(packets);
        if (!queued) {
            dropped(1);
        }
        return queued;
    }

    /** The other instances won't get something that they need: they see a gap, and read the log. Never blocks. */
    void leaveGap() {
        incomplete.set(true);
    }

    private void dropped(int packets) {
        metrics.dropped(packets);
        if (packets > 0) {
            leaveGap();
        }
    }

    /** Sends the queued packets and {@link Packet.Leaving}, then stops. Blocks for at most a second. */
    void leave() {
        leaving = true;
        publish(new Packet.Leaving());
        try {
            finished.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The number of queued packets. */
    int queued() {
        return queue.size();
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public void accept(Loop loop) {
        boolean reported = false;
        while (!leaving && loop.goesOn()) {
            try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
                JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                        .setDisableMessageID(true).setTimeToLive(TIME_TO_LIVE_MILLIS);
                connected = true;
                reported = false;
                LOG.info("Connected to the broker: this instance publishes to the other instances");
                publish(context, producer, loop);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (Throwable unreachable) {
                if (!reported) {
                    LOG.log(Level.WARNING, "Publishing to the broker failed; retrying. Until then other instances read the log: {0}",
                            String.valueOf(unreachable.getMessage()));
                }
                reported = true;
            } finally {
                connected = false;
                // What was being sent may be lost too.
                leaveGap();
                dropped(queue.drainTo(new ArrayList<>()));
            }
            loop.completed();
            if (!leaving) {
                pause();
            }
        }
        finished.countDown();
    }

    private void publish(JMSContext context, JMSProducer producer, Loop loop) throws InterruptedException {
        List<Packet> batch = new ArrayList<>(BATCH_SIZE);
        while (!batch.contains(new Packet.Leaving())) {
            batch.clear();
            Supplier<List<Packet>> first = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                List<Supplier<List<Packet>>> queued = new ArrayList<>(List.of(first));
                queue.drainTo(queued, BATCH_SIZE - 1);
                queued.forEach(packets -> batch.addAll(packets.get()));
            }
            if (System.nanoTime() - tickedAt >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                tickedAt = System.nanoTime();
                batch.addAll(periodic.get());
            }
            send(batch, context, producer);
            loop.completed();
        }
    }

    private void send(List<Packet> batch, JMSContext context, JMSProducer producer) {
        for (Packet packet : batch) {
            byte[] bytes = PacketWriter.write(packet);
            if (!builder.hasRoomFor(bytes)) {
                send(context, producer);
            }
            dropped(builder.add(bytes) ? 0 : 1);
        }
        if (!builder.isEmpty()) {
            send(context, producer);
        }
    }

    private void send(JMSContext context, JMSProducer producer) {
        try {
            if (incomplete.getAndSet(false)) {
                sealer.skip();
            }
            BytesMessage message = context.createBytesMessage();
            message.writeBytes(sealer.seal(builder.build()));
            producer.send(topic, message);
            metrics.published();
        } catch (JMSException failed) {
            throw new JMSRuntimeException(failed.getMessage(), failed.getErrorCode(), failed);
        }
    }

    private void pause() {
        try {
            finished.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
