package parley.bus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/**
 * The other instances of the cluster. It verifies their incarnations, answers their challenges and applies their packets to the hub, to
 * presence and to the limits. Thread-safe.
 */
final class OtherInstances {

    private static final Logger LOG = Logger.getLogger(OtherInstances.class.getName());
    /** After this silence, which is two heartbeats long, messages of an instance may be missing; nanoseconds. */
    static final long HEARD_WITHIN = TimeUnit.SECONDS.toNanos(1);
    /** The shortest time between two requests for snapshots; nanoseconds. */
    static final long SNAPSHOTS_EVERY = TimeUnit.SECONDS.toNanos(2);

    private final UUID self;
    private final Consumer<Packet> send;
    private final BiConsumer<UUID, Packet.PresenceRequest> answer;
    private final BooleanSupplier allAnswer;
    private final PresenceRequests requests = new PresenceRequests();
    private final Local local;
    private final RefusalLog refusals;
    private final LongSupplier nanoTime;
    private final Incarnations incarnations;
    private final InstanceDirectory directory = new InstanceDirectory();
    /** Incarnations whose presence is not known here. */
    private final Set<UUID> presenceNeeded = new HashSet<>();
    private long snapshotsRequestedAt;
    /** Whether another instance needs a snapshot from this one. */
    private final AtomicBoolean snapshotRequested = new AtomicBoolean();
    // Guarded by this, like every applied message: nothing is applied for an instance after its removal.
    private long lastOwnNumber;
    private long lastOwnAt;

    /**
     * @param send publishes a packet to all instances
     * @param answer answers a request of an incarnation
     * @param allAnswer whether all instances are of a version that answers requests for single rooms; the others send a snapshot
     * @param nanoTime {@link System#nanoTime}, which tests replace
     */
    OtherInstances(UUID self, Consumer<Packet> send, BiConsumer<UUID, Packet.PresenceRequest> answer, BooleanSupplier allAnswer,
                   RefusalLog refusals, Local local, LongSupplier nanoTime) {
        this.answer = answer;
        this.allAnswer = allAnswer;
        snapshotsRequestedAt = nanoTime.getAsLong() - SNAPSHOTS_EVERY;
        this.nanoTime = nanoTime;
        lastOwnAt = nanoTime.getAsLong() - HEARD_WITHIN - 1;
        this.self = self;
        this.send = send;
        this.refusals = refusals;
        this.local = local;
        this.incarnations = new Incarnations(self, UUID::randomUUID);
    }

    /** The requests for the rooms that got their first listener. Returns none if the others have to send snapshots; {@link #tick} asks. */
    synchronized List<Packet> askForPresence() {
        Set<String> rooms = local.presence().takeWanted();
        Set<UUID> others = directory.names().keySet();
        if (others.isEmpty()) {
            local.presence().known(rooms);
            return List.of();
        }
        if (!allAnswer.getAsBoolean()) {
            presenceNeeded.addAll(others);
            return List.of();
        }
        return requests.ask(rooms, others, nanoTime.getAsLong());
    }

    // For instances whose presence packets are missing.
    private List<Packet> askAgain(long now) {
        List<String> held = local.presence().held();
        List<Packet> packets = new ArrayList<>();
        if (allAnswer.getAsBoolean()) {
            packets.addAll(requests.repeat(Set.copyOf(held), now));
            packets.addAll(requests.ask(held, Set.copyOf(presenceNeeded), now));
            presenceNeeded.clear();
        } else if (!presenceNeeded.isEmpty() && now - snapshotsRequestedAt >= SNAPSHOTS_EVERY) {
            snapshotsRequestedAt = now;
            presenceNeeded.forEach(incarnation -> packets.add(new Packet.SnapshotRequest(incarnation)));
            presenceNeeded.clear();
        }
        return packets;
    }

    /** Whether there are no other instances to send to. */
    boolean isEmpty() {
        return directory.isEmpty();
    }

    int size() {
        return directory.size();
    }

    /** Whether another instance has requested a snapshot since the last call. */
    boolean takeSnapshotRequest() {
        return snapshotRequested.getAndSet(false);
    }

    /** Removes silent instances and returns the challenges and requests to send. Call it twice a second. */
    synchronized List<Packet> tick() {
        long now = nanoTime.getAsLong();
        incarnations.expireSilent(now).forEach(incarnation -> remove(incarnation, "timed out; its users count as offline here"));
        refusals.record(Refusal.UNVERIFIED, incarnations.expireUnverified(now));
        List<Packet> packets = new ArrayList<>(incarnations.openChallenges());
        packets.addAll(askAgain(now));
        return packets;
    }

    /**
     * Whether every message of the other instances arrives here, or its loss is noticed within two heartbeats: this instance hears itself,
     * and each instance that runs.
     *
     * @param running the names of the other instances that run, as the database knows them
     */
    synchronized boolean areHeard(Set<String> running) {
        Map<UUID, String> names = directory.names();
        if (running.isEmpty() && names.isEmpty()) {
            return true;
        }
        long now = nanoTime.getAsLong();
        return now - lastOwnAt <= HEARD_WITHIN && names.values().containsAll(running)
                && incarnations.heardWithin(HEARD_WITHIN, now).containsAll(names.keySet());
    }

    /** Receives a message of this installation. Returns whether it is current, which proves that the connection to the broker works. */
    synchronized boolean receive(Unsealed.Message message) {
        if (message.incarnation().equals(self)) {
            return receiveOwn(message.number());
        }
        BusMessage content;
        try {
            content = PacketReader.read(message.content());
        } catch (IllegalArgumentException malformed) {
            return refuse(Refusal.MALFORMED);
        }
        return receive(message.incarnation(), message.number(), content);
    }

    private boolean receiveOwn(long number) {
        if (number <= lastOwnNumber) {
            return refuse(Refusal.REPLAYED);
        }
        lastOwnNumber = number;
        lastOwnAt = nanoTime.getAsLong();
        return true;
    }

    private boolean receive(UUID sender, long number, BusMessage message) {
        Incarnations.Verdict verdict = incarnations.receive(sender, number, message.packets(), nanoTime.getAsLong());
        switch (verdict) {
            case REPLAYED -> refuse(Refusal.REPLAYED);
            case TOO_MANY_UNVERIFIED -> refuse(Refusal.TOO_MANY_UNVERIFIED);
            case UNKNOWN -> {
                local.mayHaveMissed();
                send.accept(incarnations.challenge(sender));
                respond(sender, message);
            }
            case UNVERIFIED -> respond(sender, message);
            case VERIFIED -> {
                directory.add(sender, message.instance());
                LOG.info("Instance " + message.instance() + "/" + sender + " joined the cluster");
                local.mayHaveMissed();
                apply(sender, message);
            }
            case ACCEPTED -> apply(sender, message);
            case ACCEPTED_AFTER_GAP -> {
                local.mayHaveMissed();
                apply(sender, message);
            }
        }
        return switch (verdict) {
            case VERIFIED, ACCEPTED, ACCEPTED_AFTER_GAP -> true;
            case UNKNOWN, UNVERIFIED, REPLAYED, TOO_MANY_UNVERIFIED -> false;
        };
    }

    private boolean refuse(Refusal reason) {
        refusals.record(reason, 1);
        return false;
    }

    // Unverified senders get a response too: two instances that meet challenge each other.
    private void respond(UUID sender, BusMessage message) {
        for (Packet packet : message.packets()) {
            if (packet instanceof Packet.Challenge challenge && challenge.incarnation().equals(self)) {
                send.accept(new Packet.Response(sender, challenge.nonce()));
            }
        }
    }

    private void apply(UUID sender, BusMessage message) {
        respond(sender, message);
        for (Packet packet : message.packets()) {
            if (packet instanceof Packet.Leaving) {
                incarnations.remove(sender);
                remove(sender, "left the cluster");
                return;
            }
            apply(sender, packet);
        }
    }

    private void apply(UUID sender, Packet packet) {
        switch (packet) {
            case Packet.Appended appended -> local.apply(appended);
            case Packet.Typing typed -> local.apply(typed);
            case Packet.Updated updated -> local.apply(updated);
            case Packet.Aware aware -> local.apply(aware);
            case Packet.CallMoved call -> local.apply(call);
            case Packet.Signal signal -> local.apply(signal);
            case Packet.Read read -> local.apply(read);
            case Packet.Told told -> local.apply(told);
            case Packet.Heartbeat heartbeat -> {
                if (!directory.isAt(sender, heartbeat.sequence())) {
                    missPresence(sender, heartbeat.sequence());
                }
            }
            case Packet.PresenceRequest request -> {
                if (request.of().equals(self) || request.of().equals(Packet.PresenceRequest.ALL)) {
                    answer.accept(sender, request);
                }
            }
            case Packet.PresenceAnswer answered when answered.to().equals(self) -> apply(sender, answered);
            case Packet.PresenceAnswer another -> { }
            case Packet.SnapshotRequest request -> snapshotRequested.compareAndSet(false, request.incarnation().equals(self));
            case Packet.Challenge challenge -> { }
            case Packet.Response response -> { }
            case Packet.Leaving leaving -> { }
            case Packet.Presence change -> {
                if (!directory.advance(sender, change.sequence())) {
                    missPresence(sender, change.sequence());
                }
                local.presence().elsewhere(id(sender), change.room(), change.online(), change.offline());
            }
            case Packet.Snapshot part -> directory.addPart(sender, part).ifPresent(users -> {
                local.presence().replace(id(sender), users);
                local.presence().known(local.presence().held());
            });
            case Packet.QuotaUse use -> local.apply(id(sender), use);
        }
    }

    private void apply(UUID sender, Packet.PresenceAnswer answered) {
        boolean continues = answered.continues();
        for (var room : answered.users().entrySet()) {
            if (continues) {
                local.presence().elsewhere(id(sender), room.getKey(), room.getValue(), List.of());
            } else {
                local.presence().replace(id(sender), room.getKey(), room.getValue());
            }
            continues = false;
        }
        if (answered.last()) {
            local.presence().known(requests.answered(sender, answered.id()));
        }
    }

    // Presence packets are missing, up to this one. A snapshot counts only if it is newer, so the number stays until it comes.
    private void missPresence(UUID incarnation, long sequence) {
        presenceNeeded.add(incarnation);
        if (allAnswer.getAsBoolean()) {
            directory.jump(incarnation, sequence);
        }
    }

    private void remove(UUID incarnation, String event) {
        directory.remove(incarnation).ifPresent(name -> LOG.info("Instance " + name + "/" + incarnation + " " + event));
        presenceNeeded.remove(incarnation);
        local.presence().known(requests.gone(incarnation));
        local.gone(id(incarnation));
        local.mayHaveMissed();
    }

    private static String id(UUID incarnation) {
        return incarnation.toString();
    }
}
