package parley.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Logger;
import parley.hub.Hub;
import parley.hub.Presence;
import parley.limits.Limits;

/** The other instances, and what they say, which goes to the hub, to presence and to the limits. Safe for every thread. */
final class OtherInstances {

    private static final Logger LOG = Logger.getLogger(OtherInstances.class.getName());

    private final UUID self;
    private final Consumer<Packet> say;
    private final Hub hub;
    private final Presence presence;
    private final Limits limits;
    private final Refusals refusals;
    private final Incarnations incarnations;
    private final InstanceDirectory nodes = new InstanceDirectory();
    private final Set<UUID> toAsk = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean missed = new AtomicBoolean();
    // Guarded by this, as all that an instance says: nothing of it is added after the instance was forgotten.
    private long ownNumber;

    /** @param say publishes a packet */
    OtherInstances(UUID self, Consumer<Packet> say, Refusals refusals, Hub hub, Presence presence, Limits limits) {
        this.self = self;
        this.say = say;
        this.refusals = refusals;
        this.hub = hub;
        this.presence = presence;
        this.limits = limits;
        this.incarnations = new Incarnations(self, UUID::randomUUID);
    }

    /** Whether nobody else is there to be told anything. */
    boolean isAlone() {
        return nodes.isAlone();
    }

    int size() {
        return nodes.size();
    }

    /** Whether another instance misses what this one told of presence; the next call answers for what comes after this one. */
    boolean miss() {
        return missed.getAndSet(false);
    }

    /** Forgets who is silent; answers what the other instances are asked now. To be called twice a second. */
    synchronized List<Packet> due() {
        long now = System.nanoTime();
        incarnations.silent(now).forEach(life -> gone(life, "is silent"));
        refusals.note(Refusal.UNANSWERED, incarnations.unanswered(now));
        List<Packet> packets = new ArrayList<>(incarnations.questions());
        toAsk.removeIf(life -> packets.add(new Packet.Asking(life)));
        return packets;
    }

    /** Takes a message of this installation; answers whether it is one of now, so that the connection works. */
    synchronized boolean hear(Unsealed.Message message) {
        if (message.life().equals(self)) {
            return hearOwn(message.number());
        }
        BusMessage content;
        try {
            content = PacketReader.read(message.content());
        } catch (IllegalArgumentException foreign) {
            return refuse(Refusal.UNREADABLE);
        }
        return hear(message.life(), message.number(), content);
    }

    private boolean hearOwn(long number) {
        if (number <= ownNumber) {
            return refuse(Refusal.REPLAYED);
        }
        ownNumber = number;
        return true;
    }

    private boolean hear(UUID life, long number, BusMessage message) {
        Incarnations.Verdict verdict = incarnations.hear(life, number, message.packets(), System.nanoTime());
        switch (verdict) {
            case REPLAYED -> refuse(Refusal.REPLAYED);
            case CROWDED -> refuse(Refusal.CROWDED);
            case MET -> {
                say.accept(incarnations.question(life));
                answer(life, message);
            }
            case ASKED -> answer(life, message);
            case FIRST -> {
                nodes.came(life, message.node());
                LOG.info("Instance " + message.node() + "/" + life + " is there");
                take(life, message);
            }
            case TAKEN -> take(life, message);
        }
        return verdict == Incarnations.Verdict.FIRST || verdict == Incarnations.Verdict.TAKEN;
    }

    private boolean refuse(Refusal why) {
        refusals.note(why, 1);
        return false;
    }

    // Also to those that have yet to answer: two that meet ask each other.
    private void answer(UUID life, BusMessage message) {
        for (Packet packet : message.packets()) {
            if (packet instanceof Packet.Question question && question.life().equals(self)) {
                say.accept(new Packet.Answer(life, question.nonce()));
            }
        }
    }

    private void take(UUID life, BusMessage message) {
        answer(life, message);
        for (Packet packet : message.packets()) {
            if (packet instanceof Packet.Leaving) {
                incarnations.left(life);
                gone(life, "went");
                return;
            }
            take(life, packet);
        }
    }

    private void take(UUID life, Packet packet) {
        switch (packet) {
            case Packet.Grown grown -> hub.arrived(grown.room(), grown.epoch(), grown.frames());
            case Packet.Typing typing -> hub.typingElsewhere(typing.typing());
            case Packet.Alive alive -> askUnless(nodes.isAt(life, alive.sequence()), life);
            case Packet.Asking asking -> missed.compareAndSet(false, asking.life().equals(self));
            case Packet.Question question -> { }
            case Packet.Answer answer -> { }
            case Packet.Leaving leaving -> { }
            case Packet.Presence told -> {
                if (nodes.follows(life, told.sequence())) {
                    presence.elsewhere(node(life), told.room(), told.came(), told.went());
                }
            }
            case Packet.Snapshot part -> nodes.add(life, part).ifPresent(users -> presence.replace(node(life), users));
            case Packet.Used used -> limits.reported(node(life), used.share());
        }
    }

    private void askUnless(boolean known, UUID life) {
        if (!known) {
            toAsk.add(life);
        }
    }

    private void gone(UUID life, String why) {
        nodes.left(life).ifPresent(name -> LOG.info("Instance " + name + "/" + life + " " + why));
        toAsk.remove(life);
        presence.gone(node(life));
        limits.stopped(node(life));
    }

    private static String node(UUID life) {
        return life.toString();
    }
}
