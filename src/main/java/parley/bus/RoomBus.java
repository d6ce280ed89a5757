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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import parley.call.CallMoved;
import parley.call.SignalSent;
import parley.document.Awareness;
import parley.document.DeliveringUpdates;
import parley.health.Broker;
import parley.health.DatabaseWatch;
import parley.health.Started;
import parley.hub.Doubts;
import parley.hub.Presence;
import parley.hub.TypingChanged;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.journal.LoggedUpdate;
import parley.journal.LogsDoubted;
import parley.limits.Limits;
import parley.limits.Usage;
import parley.metrics.Metrics;
import parley.reading.MarkerMoved;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;
import parley.watch.PeopleTold;

/**
 * Connects this instance to the others: it publishes committed events, typing, presence and quota use, and starts the receiver. On a server
 * without the JMS resources it does nothing, and the instance works alone.
 */
@ApplicationScoped
public class RoomBus {

    private static final Logger LOG = Logger.getLogger(RoomBus.class.getName());
    private static final String CONNECTIONS = "jms/parley/connections";
    private static final String TOPIC = "jms/parley/rooms";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_FRAME_BYTES = 256 << 10;

    @Resource(lookup = "jdbc/parley")
    private DataSource database;
    @Inject
    private DatabaseWatch instances;
    @Inject
    private Settings settings;
    @Inject
    private Local local;
    @Inject
    private Doubts doubts;
    @Inject
    private Presence presence;
    @Inject
    private Limits limits;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics metrics;
    @Inject
    private Broker broker;

    private final AtomicBoolean asking = new AtomicBoolean();
    private OtherInstances others;
    private Publisher publisher;
    private Receiver receiver;
    private List<Loop> loops = List.of();
    // Used only by the publisher's thread, so that presence packets and snapshots have one order.
    private long sequence;

    void start(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        ConnectionFactory connections;
        Topic topic;
        try {
            InitialContext naming = new InitialContext();
            connections = (ConnectionFactory) naming.lookup(CONNECTIONS);
            topic = (Topic) naming.lookup(TOPIC);
        } catch (NamingException absent) {
            LOG.info("JMS resources " + CONNECTIONS + " and " + TOPIC + " not found: this instance works alone");
            doubts.askWhetherTheBusIsReliable(() -> instances.instancesThatShowGaps().filter(Set::isEmpty).isPresent());
            return;
        }
        byte[] secret = secret();
        // Identifies this run of the instance. A restart gets another id and publishes everything again.
        UUID self = UUID.randomUUID();
        BusMetrics busMetrics = new BusMetrics(metrics, () -> others.size(), this::isWorking);
        RefusalLog refusals = new RefusalLog(busMetrics::refused, LOG::warning, System::nanoTime);
        others = new OtherInstances(self, this::publish, this::answer, () -> instances.instancesThatShowGaps().isPresent(), refusals, local,
                System::nanoTime);
        publisher = new Publisher(connections, topic, new BusMessageBuilder(settings.instance().name()), new Sealer(secret, self),
                settings.cluster().busQueue(),
                this::periodicPackets, busMetrics);
        metrics.queue("bus", settings.cluster().busQueue(), publisher::queued, () -> Double.NaN);
        receiver = new Receiver(connections, topic, new Unsealer(secret), this::receive, refusals, busMetrics);
        broker.isWatchedBy(this::isWorking, () -> others.size());
        doubts.askWhetherTheBusIsReliable(this::isReliable);
        presence.askOthersBy(this::askForPresence);
        loops = List.of(managed.start("publisher", publisher), managed.start("receiver", receiver));
    }

    private boolean receive(Unsealed.Message message) {
        try {
            return others.receive(message);
        } catch (RuntimeException | Error defect) {
            doubts.doubtAll();
            throw defect;
        }
    }

    // Whether every event of the other instances arrives here, or its loss is noticed.
    private boolean isReliable() {
        return instances.instancesThatShowGaps().filter(others::areHeard).isPresent();
    }

    private byte[] secret() {
        try {
            return InstallationKey.read(database);
        } catch (SQLException e) {
            throw new IllegalStateException("Reading the installation's key from table installation_key failed", e);
        }
    }

    /** Whether this instance can send to the topic and receive from it. If not, events of other instances arrive through the log only. */
    public boolean isWorking() {
        return publisher != null && publisher.isConnected() && receiver.isReceiving();
    }

    void committed(@Observes Committed committed) {
        if (!committed.here() || publisher == null) {
            return;
        }
        if (others.isEmpty()) {
            // An instance that this one doesn't know may already hear it.
            publisher.leaveGap();
            return;
        }
        for (Committed.RoomBatch batch : committed.rooms()) {
            publish(batch.view().id(), batch.view().epoch(), batch.frames());
        }
        DeliveringUpdates.byDocument(committed.updates()).values().forEach(this::publish);
    }

    // Splits the updates into packets that fit in a message. An instance of an older version would refuse the whole message.
    private void publish(List<LoggedUpdate> updates) {
        if (!instances.areDocumentsReadByAll()) {
            publisher.leaveGap();
            return;
        }
        int bytes = 0;
        int from = 0;
        for (int i = 0; i < updates.size(); i++) {
            bytes += updates.get(i).frame().size();
            if (bytes >= MAX_FRAME_BYTES || i == updates.size() - 1) {
                publisher.publish(new Packet.Updated(updates.subList(from, i + 1)));
                from = i + 1;
                bytes = 0;
            }
        }
    }

    void told(@Observes Awareness awareness) {
        if (publisher != null && !others.isEmpty() && instances.areDocumentsReadByAll()) {
            publisher.publish(new Packet.Aware(awareness.aware()));
        }
    }

    void callMoved(@Observes CallMoved moved) {
        if (publisher != null && !others.isEmpty() && instances.areCallsReadByAll()) {
            publisher.publish(new Packet.CallMoved(moved.room()));
        }
    }

    void signalSent(@Observes SignalSent sent) {
        if (publisher != null && !others.isEmpty() && instances.areCallsReadByAll()) {
            publisher.publish(new Packet.Signal(sent));
        }
    }

    void doubted(@Observes LogsDoubted doubted) {
        if (publisher != null) {
            publisher.leaveGap();
        }
    }

    private void publish(Packet packet) {
        publisher.publish(packet);
    }

    // Splits the frames into packets that fit in a message.
    private void publish(String room, String epoch, List<LoggedFrame> frames) {
        int bytes = 0;
        int from = 0;
        for (int i = 0; i < frames.size(); i++) {
            bytes += frames.get(i).frame().size();
            if (bytes >= MAX_FRAME_BYTES || i == frames.size() - 1) {
                publisher.publish(new Packet.Appended(room, epoch, frames.subList(from, i + 1)));
                from = i + 1;
                bytes = 0;
            }
        }
    }

    void typingChanged(@Observes TypingChanged typingChanged) {
        if (publisher != null && !others.isEmpty()) {
            publisher.publish(new Packet.Typing(typingChanged.typing()));
        }
    }

    void markerMoved(@Observes MarkerMoved moved) {
        if (moved.here() && isUnderstood()) {
            publisher.publish(new Packet.Read(moved.room(), moved.by(), moved.upto(), moved.back()));
        }
    }

    void peopleTold(@Observes PeopleTold told) {
        if (isUnderstood()) {
            Packet.Told.packets(told.told()).forEach(publisher::publish);
        }
    }

    // An instance of an older version would refuse the whole message.
    private boolean isUnderstood() {
        return publisher != null && !others.isEmpty() && instances.areEventsReadByAll();
    }

    private List<Packet> periodicPackets() {
        List<Packet> packets = new ArrayList<>(others.tick());
        packets.addAll(presenceRequests());
        Optional<List<Presence.Change>> changes = presence.announcements();
        if (changes.isEmpty()) {
            // The gap makes the other instances request a snapshot.
            sequence++;
        }
        for (Presence.Change change : changes.orElse(List.of())) {
            packets.add(new Packet.Presence(++sequence, change.room(), change.came(), change.went()));
        }
        if (others.takeSnapshotRequest()) {
            packets.addAll(snapshot());
        }
        for (Usage share : limits.report()) {
            packets.add(new Packet.QuotaUse(share));
        }
        packets.add(new Packet.Heartbeat(sequence));
        return packets;
    }

    // For instances of older versions.
    private List<Packet> snapshot() {
        List<PresenceParts> parts = PresenceParts.of(presence.here());
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            packets.add(new Packet.Snapshot(sequence, i + 1, parts.size(), parts.get(i).users()));
        }
        return packets;
    }

    // The publisher's thread makes the answer, so that it has a place between the changes.
    private void answer(UUID to, Packet.PresenceRequest request) {
        publisher.publishLater(() -> {
            List<PresenceParts> parts = PresenceParts.of(presence.here(request.rooms()));
            List<Packet> packets = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                packets.add(new Packet.PresenceAnswer(to, request.id(), parts.get(i).continues(), i == parts.size() - 1,
                        parts.get(i).users()));
            }
            return packets;
        });
    }

    // What can't be sent now is asked for with the next periodic packets.
    private boolean askForPresence() {
        return publisher.isConnected() && (asking.getAndSet(true) || publisher.publishLater(this::presenceRequests));
    }

    private List<Packet> presenceRequests() {
        asking.set(false);
        return others.askForPresence();
    }

    @PreDestroy
    void stop() {
        if (publisher != null) {
            receiver.stop();
            publisher.leave();
        }
        loops.forEach(Loop::stop);
        loops.forEach(RoomBus::awaitEnd);
    }

    // A running thread would keep the application's class loader in memory.
    private static void awaitEnd(Loop loop) {
        try {
            if (!loop.join(STOP_TIMEOUT)) {
                LOG.log(Level.WARNING, "Thread {0} did not stop within 3 s", loop.name());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
