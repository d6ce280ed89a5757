package parley.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Replay protection. An incarnation is one run of an instance, from its start to its end. A recorded message keeps its valid seal, so
 * the seal alone doesn't prove that the sender still runs. Therefore an incarnation is accepted only after it has answered a challenge with
 * a fresh nonce, and then only with growing message numbers. Thread-safe.
 */
final class Incarnations {

    /** After this silence an incarnation counts as ended; nanoseconds. */
    static final long SILENCE_TIMEOUT = TimeUnit.SECONDS.toNanos(12);
    /** The time that an incarnation has to answer its challenge; nanoseconds. */
    static final long CHALLENGE_TIMEOUT = TimeUnit.SECONDS.toNanos(5);
    /** The maximum number of open challenges. At the bound, further unknown senders are refused; their events are read from the log. */
    static final int MAX_UNVERIFIED = 64;

    /** What to do with a message. */
    enum Verdict {
        /** Apply it. */
        ACCEPTED,
        /** Apply it; messages before it are missing. */
        ACCEPTED_AFTER_GAP,
        /** Apply it; with it the sender has answered its challenge. */
        VERIFIED,
        /** Ignore it and challenge its sender, which is unknown. */
        UNKNOWN,
        /** Ignore it: its sender has not answered its challenge yet. */
        UNVERIFIED,
        /** Refuse it: its number is not higher than the last one. */
        REPLAYED,
        /** Refuse it: its sender is unknown and there are {@link #MAX_UNVERIFIED} open challenges. */
        TOO_MANY_UNVERIFIED
    }

    private static final class Incarnation {
        private final UUID nonce;
        private final long challengedAt;
        private boolean verified;
        private long lastReceivedAt;
        private long lastNumber;
        private int ignored;

        private Incarnation(UUID nonce, long challengedAt) {
            this.nonce = nonce;
            this.challengedAt = challengedAt;
        }
    }

    private final UUID self;
    private final Supplier<UUID> nonces;
    private final Map<UUID, Incarnation> incarnations = new HashMap<>();

    /** @param nonces supplies a fresh, unpredictable value for each challenge */
    Incarnations(UUID self, Supplier<UUID> nonces) {
        this.self = self;
        this.nonces = nonces;
    }

    /** Judges a message of another incarnation and records its number. */
    synchronized Verdict receive(UUID sender, long number, List<Packet> packets, long now) {
        Incarnation incarnation = incarnations.get(sender);
        if (incarnation == null) {
            return register(sender, number, now);
        }
        if (number <= incarnation.lastNumber) {
            return Verdict.REPLAYED;
        }
        boolean next = number == incarnation.lastNumber + 1;
        incarnation.lastNumber = number;
        incarnation.lastReceivedAt = now;
        if (incarnation.verified) {
            return next ? Verdict.ACCEPTED : Verdict.ACCEPTED_AFTER_GAP;
        }
        incarnation.verified = packets.contains(new Packet.Response(self, incarnation.nonce));
        incarnation.ignored++;
        return incarnation.verified ? Verdict.VERIFIED : Verdict.UNVERIFIED;
    }

    private Verdict register(UUID sender, long number, long now) {
        if (unverified() >= MAX_UNVERIFIED) {
            return Verdict.TOO_MANY_UNVERIFIED;
        }
        Incarnation incarnation = new Incarnation(nonces.get(), now);
        incarnation.lastNumber = number;
        incarnation.ignored = 1;
        incarnations.put(sender, incarnation);
        return Verdict.UNKNOWN;
    }

    /** The challenge for an incarnation that {@link #receive} has just reported as unknown. */
    synchronized Packet challenge(UUID incarnation) {
        return new Packet.Challenge(incarnation, incarnations.get(incarnation).nonce);
    }

    /** All open challenges, to send them again. */
    synchronized List<Packet> openChallenges() {
        List<Packet> challenges = new ArrayList<>();
        incarnations.forEach((id, incarnation) -> {
            if (!incarnation.verified) {
                challenges.add(new Packet.Challenge(id, incarnation.nonce));
            }
        });
        return challenges;
    }

    /** Removes an incarnation that announced its end. */
    synchronized void remove(UUID incarnation) {
        incarnations.remove(incarnation);
    }

    /** Removes incarnations that did not answer in time. Returns how many of their messages were ignored. */
    synchronized int expireUnverified(long now) {
        int ignored = 0;
        for (var each = incarnations.values().iterator(); each.hasNext();) {
            Incarnation incarnation = each.next();
            if (!incarnation.verified && now - incarnation.challengedAt > CHALLENGE_TIMEOUT) {
                ignored += incarnation.ignored;
                each.remove();
            }
        }
        return ignored;
    }

    /** Removes and returns verified incarnations that have been silent for too long. */
    synchronized List<UUID> expireSilent(long now) {
        List<UUID> silent = incarnations.entrySet().stream()
                .filter(entry -> entry.getValue().verified && now - entry.getValue().lastReceivedAt > SILENCE_TIMEOUT)
                .map(Map.Entry::getKey).toList();
        silent.forEach(incarnations::remove);
        return silent;
    }

    /** The verified incarnations whose last message is not older than this, in nanoseconds. */
    synchronized Set<UUID> heardWithin(long nanos, long now) {
        return incarnations.entrySet().stream()
                .filter(entry -> entry.getValue().verified && now - entry.getValue().lastReceivedAt <= nanos)
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private long unverified() {
        return incarnations.values().stream().filter(incarnation -> !incarnation.verified).count();
    }
}
