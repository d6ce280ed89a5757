package parley.bus;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import parley.health.Started;
import parley.hub.Hub;
import parley.hub.Presence;
import parley.hub.TypingChanged;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.limits.Limits;
import parley.limits.Usage;
import parley.metrics.Metrics;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/**
 * What happens here, told to the other instances, and what they tell. Where the server has no JMS resources there are no
 * other nodes.
 */
@ApplicationScoped
public class RoomBus {

    private static final Logger LOG = Logger.getLogger(RoomBus.class.getName());
    private static final String CONNECTIONS = "jms/parley/connections";
    private static final String TOPIC = "jms/parley/rooms";
    private static final Duration LONGEST_END = Duration.ofSeconds(3);
    private static final int MOST_USERS_A_PART = 1_000;
    private static final int MOST_BYTES_OF_FRAMES = 256 << 10;

    @Resource(lookup = "jdbc/parley")
    private DataSource database;
    @Inject
    private Settings settings;
    @Inject
    private Hub hub;
    @Inject
    private Presence presence;
    @Inject
    private Limits limits;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics figures;

    private OtherInstances others;
    private Publisher publisher;
    private Receiver receiver;
    private List<Thread> threads = List.of();
    // Only by the publisher's thread, which gives the presence packets and the snapshots their one order.
    private long sequence;

    void start(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        ConnectionFactory connections;
        Topic topic;
        try {
            InitialContext naming = new InitialContext();
            connections = (ConnectionFactory) naming.lookup(CONNECTIONS);
            topic = (Topic) naming.lookup(TOPIC);
        } catch (NamingException absent) {
            LOG.info("This server has no " + CONNECTIONS + " and " + TOPIC + ": the instance works alone");
            return;
        }
        byte[] secret = secret();
        // This life of this instance: after a restart it tells everything again, under another id.
        UUID self = UUID.randomUUID();
        BusMetrics metrics = new BusMetrics(figures, () -> others.size(), this::isWorking);
        Refusals refusals = new Refusals(metrics::refused, LOG::warning, System::nanoTime);
        others = new OtherInstances(self, this::publish, refusals, hub, presence, limits);
        publisher = new Publisher(connections, topic, new BusMessageBuilder(settings.node()), new Sealer(secret, self), settings.busQueue(),
                this::due, metrics);
        figures.queue("bus", settings.busQueue(), publisher::waiting, () -> Double.NaN);
        receiver = new Receiver(connections, topic, new Unsealer(secret), others::hear, refusals, metrics);
        threads = List.of(managed.named("parley-publisher").newThread(publisher), managed.named("parley-receiver").newThread(receiver));
        threads.forEach(Thread::start);
    }

    private byte[] secret() {
        try {
            return InstallationKey.read(database);
        } catch (SQLException e) {
            throw new IllegalStateException("The key of this installation can't be read from the database", e);
        }
    }

    /** Whether other instances can be told something and be heard; otherwise the log is all there is. */
    public boolean isWorking() {
        return publisher != null && publisher.isConnected() && receiver.isHearing();
    }

    void committed(@Observes Committed committed) {
        if (!committed.here() || publisher == null || others.isAlone()) {
            return;
        }
        for (Committed.RoomBatch batch : committed.rooms()) {
            publish(batch.view().id(), batch.view().epoch(), batch.frames());
        }
    }

    private void publish(Packet packet) {
        publisher.publish(packet);
    }

    // In parts that fit in a message.
    private void publish(String room, String epoch, List<LoggedFrame> frames) {
        int bytes = 0;
        int from = 0;
        for (int i = 0; i < frames.size(); i++) {
            bytes += frames.get(i).frame().size();
            if (bytes >= MOST_BYTES_OF_FRAMES || i == frames.size() - 1) {
                publisher.publish(new Packet.Grown(room, epoch, frames.subList(from, i + 1)));
                from = i + 1;
                bytes = 0;
            }
        }
    }

    void typingChanged(@Observes TypingChanged typingChanged) {
        if (publisher != null && !others.isAlone()) {
            publisher.publish(new Packet.Typing(typingChanged.typing()));
        }
    }

    private List<Packet> due() {
        List<Packet> packets = new ArrayList<>(others.due());
        for (Presence.Change change : presence.announcements()) {
            packets.add(new Packet.Presence(++sequence, change.room(), change.came(), change.went()));
        }
        if (others.miss()) {
            packets.addAll(snapshot());
        }
        for (Usage share : limits.report()) {
            packets.add(new Packet.Used(share));
        }
        packets.add(new Packet.Alive(sequence));
        return packets;
    }

    // A room of many is in several parts, as small rooms are together in one.
    private List<Packet> snapshot() {
        List<Map<String, List<String>>> parts = new ArrayList<>(List.of(new HashMap<>()));
        int users = 0;
        for (Map.Entry<String, List<String>> room : presence.here().entrySet()) {
            List<String> left = room.getValue();
            while (!left.isEmpty()) {
                if (users == MOST_USERS_A_PART) {
                    parts.add(new HashMap<>());
                    users = 0;
                }
                int some = Math.min(left.size(), MOST_USERS_A_PART - users);
                parts.getLast().put(room.getKey(), left.subList(0, some));
                left = left.subList(some, left.size());
                users += some;
            }
        }
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            packets.add(new Packet.Snapshot(sequence, i + 1, parts.size(), parts.get(i)));
        }
        return packets;
    }

    @PreDestroy
    void stop() {
        if (publisher != null) {
            receiver.stop();
            publisher.leave();
        }
        threads.forEach(Thread::interrupt);
        threads.forEach(RoomBus::awaitEnd);
    }

    // Its class loader would live as long as a thread.
    private static void awaitEnd(Thread thread) {
        try {
            if (!thread.join(LONGEST_END)) {
                LOG.log(Level.WARNING, "{0} did not end in time", thread.getName());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
