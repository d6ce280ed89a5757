package parley.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The other instances by their lives: what they are called, and how much of their presence is known. Safe for every thread. */
final class InstanceDirectory {

    private static final long UNKNOWN = -1;

    private static final class Node {
        private final String name;
        private long sequence = UNKNOWN;
        private final Map<Integer, Packet.Snapshot> parts = new HashMap<>();

        private Node(String name) {
            this.name = name;
        }
    }

    private final Map<UUID, Node> nodes = new HashMap<>();

    /** Whether nobody else is there to be told anything. */
    synchronized boolean isAlone() {
        return nodes.isEmpty();
    }

    synchronized int size() {
        return nodes.size();
    }

    /** An instance is there of which nothing is known. */
    synchronized void came(UUID life, String name) {
        nodes.put(life, new Node(name));
    }

    /** Forgets an instance; returns what it was called, or nothing when it is not known. */
    synchronized Optional<String> left(UUID life) {
        return Optional.ofNullable(nodes.remove(life)).map(node -> node.name);
    }

    /** Whether what is known of an instance's presence ends here; otherwise it has to be asked for. */
    synchronized boolean isAt(UUID node, long sequence) {
        return nodes.get(node).sequence == sequence;
    }

    /** Whether this is the next of an instance's presence packets; if so it counts as known. */
    synchronized boolean follows(UUID node, long sequence) {
        Node known = nodes.get(node);
        boolean next = known.sequence != UNKNOWN && known.sequence + 1 == sequence;
        if (next) {
            known.sequence = sequence;
        }
        return next;
    }

    /** Adds a part of a snapshot; answers the users by room when it is whole and newer than what is known. */
    synchronized Optional<Map<String, List<String>>> add(UUID node, Packet.Snapshot part) {
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
}
