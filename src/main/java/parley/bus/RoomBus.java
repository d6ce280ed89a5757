package parley.bus;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.microprofile.metrics.MetricRegistry;
import parley.hub.Hub;
import parley.hub.Mentioned;
import parley.hub.Presence;
import parley.journal.Committed;
import parley.journal.ManagedThreads;
import parley.limits.Limits;
import parley.limits.Share;
import parley.protocol.Frame;
import parley.settings.Settings;

/**
 * What happens here, told to the other nodes, and what they tell. Where the server has no JMS resources there are no
 * other nodes.
 */
@ApplicationScoped
public class RoomBus {

    /** The message property that names the node that sent it. */
    static final String NODE = "node";

    private static final Logger LOG = Logger.getLogger(RoomBus.class.getName());
    private static final String CONNECTIONS = "jms/parley/connections";
    private static final String TOPIC = "jms/parley/rooms";
    private static final int MOST_USERS_A_PART = 5_000;

    private final NodeDirectory nodes = new NodeDirectory();
    private final Set<String> toAsk = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean snapshotDue = new AtomicBoolean();

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
    private MetricRegistry registry;

    // This life of this node: after a restart it tells everything anew.
    private String self;
    private Publisher publisher;
    private Receiver receiver;
    private List<Thread> threads = List.of();
    // Only by the publisher's thread, which gives the presence packets and the snapshots their one order.
    private long sequence;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        self = settings.node() + "/" + UUID.randomUUID();
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
        BusMetrics metrics = new BusMetrics(registry, nodes::size, this::isWorking);
        publisher = new Publisher(connections, topic, self, settings.busQueue(), this::due, metrics);
        receiver = new Receiver(connections, topic, this::heard, metrics);
        threads = List.of(managed.named("parley-publisher").newThread(publisher), managed.named("parley-receiver").newThread(receiver));
        threads.forEach(Thread::start);
    }

    /** Whether other nodes can be told something and be heard; otherwise the log is all there is. */
    public boolean isWorking() {
        return publisher != null && publisher.isConnected() && receiver.isHearing();
    }

    void committed(@Observes Committed committed) {
        if (!committed.here() || publisher == null || nodes.isAlone()) {
            return;
        }
        for (Committed.RoomBatch batch : committed.rooms()) {
            publisher.publish(new Packet.Grown(batch.view().id(), batch.view().epoch(), batch.frames()));
        }
    }

    void mentioned(@Observes Mentioned mentioned) {
        if (publisher != null && !nodes.isAlone()) {
            publisher.publish(new Packet.Said(mentioned.room(), mentioned.frame().text()));
        }
    }

    private List<Packet> due() {
        nodes.silent().forEach(node -> gone(node, "is silent"));
        List<Packet> packets = new ArrayList<>();
        for (Presence.Change change : presence.announcements()) {
            packets.add(new Packet.Presence(++sequence, change.room(), change.came(), change.went()));
        }
        if (snapshotDue.compareAndSet(true, false)) {
            packets.addAll(snapshot());
        }
        for (Share share : limits.shares()) {
            packets.add(new Packet.Used(share));
        }
        toAsk.removeIf(node -> packets.add(new Packet.Asking(node)));
        packets.add(new Packet.Alive(sequence));
        return packets;
    }

    private void heard(String node, Packet packet) {
        if (node.equals(self)) {
            return;
        }
        if (nodes.heard(node)) {
            LOG.info("Instance " + node + " is there");
        }
        switch (packet) {
            case Packet.Grown grown -> hub.arrived(grown.room(), grown.epoch(), grown.frames());
            case Packet.Said said -> hub.said(said.room(), new Frame(said.frame()));
            case Packet.Alive alive -> askUnless(nodes.isAt(node, alive.sequence()), node);
            case Packet.Leaving leaving -> {
                nodes.left(node);
                gone(node, "went");
            }
            case Packet.Asking asking -> {
                if (asking.node().equals(self)) {
                    snapshotDue.set(true);
                }
            }
            case Packet.Presence told -> {
                if (nodes.follows(node, told.sequence())) {
                    presence.elsewhere(node, told.room(), told.came(), told.went());
                }
            }
            case Packet.Snapshot part -> nodes.add(node, part).ifPresent(users -> presence.replace(node, users));
            case Packet.Used used -> limits.elsewhere(node, used.share());
        }
    }

    private void askUnless(boolean known, String node) {
        if (!known) {
            toAsk.add(node);
        }
    }

    private void gone(String node, String why) {
        LOG.info("Instance " + node + " " + why);
        presence.gone(node);
        limits.gone(node);
    }

    private List<Packet> snapshot() {
        List<Map<String, List<String>>> parts = new ArrayList<>(List.of(new HashMap<>()));
        int users = 0;
        for (Map.Entry<String, List<String>> room : presence.here().entrySet()) {
            if (users > 0 && users + room.getValue().size() > MOST_USERS_A_PART) {
                parts.add(new HashMap<>());
                users = 0;
            }
            parts.getLast().put(room.getKey(), room.getValue());
            users += room.getValue().size();
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
            publisher.leave();
        }
        threads.forEach(Thread::interrupt);
    }
}
