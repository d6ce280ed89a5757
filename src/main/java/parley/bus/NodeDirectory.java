package parley.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The other nodes that are heard of, and how much of their presence is known. One that is silent for {@link #LONGEST_SILENCE}
 * is no more. Safe for every thread.
 */
final class NodeDirectory {

    /** After how long a silent node is taken for dead, in nanoseconds. */
    static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(12);

    private static final long UNKNOWN = -1;

    private static final class Node {
        private long heardAt;
        private long sequence = UNKNOWN;
        private final Map<Integer, Packet.Snapshot> parts = new HashMap<>();
    }

    private final Map<String, Node> nodes = new HashMap<>();

    /** Whether nobody else is there to be told anything. */
    synchronized boolean isAlone() {
        return nodes.isEmpty();
    }

    synchronized int size() {
        return nodes.size();
    }

    /** Notes that a node was heard; true when it was not known. */
    synchronized boolean heard(String node) {
        boolean news = !nodes.containsKey(node);
        nodes.computeIfAbsent(node, name -> new Node()).heardAt = System.nanoTime();
        return news;
    }

    /** Whether what is known of a node's presence ends here; otherwise it has to be asked for. */
    synchronized boolean isAt(String node, long sequence) {
        return nodes.get(node).sequence == sequence;
    }

    /** Whether this is the next of a node's presence packets; if so it counts as known. */
    synchronized boolean follows(String node, long sequence) {
        Node known = nodes.get(node);
        boolean next = known.sequence != UNKNOWN && known.sequence + 1 == sequence;
        if (next) {
            known.sequence = sequence;
        }
        return next;
    }

    /** Adds a part of a snapshot; answers the users by room when it is whole and newer than what is known. */
    synchronized Optional<Map<String, List<String>>> add(String node, Packet.Snapshot part) {
        Node known = nodes.get(node);
        known.parts.values().removeIf(other -> other.sequence() != part.sequence() || other.parts() != part.parts());
        known.parts.put(part.part(), part);
        if (known.parts.size() < part.parts()) {
            return Optional.empty();
        }
        Map<String, List<String>> users = new HashMap<>();
        known.parts.values().forEach(one -> one.users().forEach(
                (room, there) -> users.computeIfAbsent(room, id -> new ArrayList<>()).addAll(there)));
        known.parts.clear();
        if (known.sequence >= part.sequence()) {
            return Optional.empty();
        }
        known.sequence = part.sequence();
        return Optional.of(users);
    }

    /** Forgets a node that said that it goes. */
    synchronized void left(String node) {
        nodes.remove(node);
    }

    /** Forgets the nodes that are silent for too long, and answers which. */
    synchronized List<String> silent() {
        long now = System.nanoTime();
        List<String> gone = nodes.entrySet().stream().filter(node -> now - node.getValue().heardAt > LONGEST_SILENCE)
                .map(Map.Entry::getKey).toList();
        gone.forEach(nodes::remove);
        return gone;
    }
}
