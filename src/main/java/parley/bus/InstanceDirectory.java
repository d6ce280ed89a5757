package parley.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The other instances, by incarnation: their names, and how much of their presence is known. Thread-safe. */
final class InstanceDirectory {

    private static final long UNKNOWN = -1;

    private static final class Instance {
        private final String name;
        /** The number of the last presence packet that was applied. */
        private long sequence = UNKNOWN;
        private final Map<Integer, Packet.Snapshot> parts = new HashMap<>();

        private Instance(String name) {
            this.name = name;
        }
    }

    private final Map<UUID, Instance> instances = new HashMap<>();

    /** Whether there are no other instances to send to. */
    synchronized boolean isEmpty() {
        return instances.isEmpty();
    }

    synchronized int size() {
        return instances.size();
    }

    /** The names of the instances, by incarnation. */
    synchronized Map<UUID, String> names() {
        Map<UUID, String> names = new HashMap<>();
        instances.forEach((incarnation, instance) -> names.put(incarnation, instance.name));
        return names;
    }

    /** Adds an instance whose presence is unknown so far. */
    synchronized void add(UUID incarnation, String name) {
        instances.put(incarnation, new Instance(name));
    }

    /** Removes an instance and returns its name; empty if it is unknown. */
    synchronized Optional<String> remove(UUID incarnation) {
        return Optional.ofNullable(instances.remove(incarnation)).map(instance -> instance.name);
    }

    /** Whether every presence packet up to this number was applied. If not, a snapshot is needed. */
    synchronized boolean isAt(UUID incarnation, long sequence) {
        return instances.get(incarnation).sequence == sequence;
    }

    /** Advances to this presence packet if it is the next one. Returns false, and changes nothing, if one before it is missing. */
    synchronized boolean advance(UUID incarnation, long sequence) {
        Instance instance = instances.get(incarnation);
        boolean next = instance.sequence != UNKNOWN && instance.sequence + 1 == sequence;
        if (next) {
            instance.sequence = sequence;
        }
        return next;
    }

    /** Continues after this presence packet: what is missing before it is asked for. */
    synchronized void jump(UUID incarnation, long sequence) {
        instances.get(incarnation).sequence = sequence;
    }

    /** Adds a part of a snapshot. Returns the users by room once the snapshot is complete, if it is not older than what was applied. */
    synchronized Optional<Map<String, List<String>>> addPart(UUID incarnation, Packet.Snapshot part) {
        Instance instance = instances.get(incarnation);
        instance.parts.values().removeIf(other -> other.sequence() != part.sequence() || other.parts() != part.parts());
        instance.parts.put(part.part(), part);
        if (instance.parts.size() < part.parts()) {
            return Optional.empty();
        }
        Map<String, List<String>> usersByRoom = new HashMap<>();
        instance.parts.values().forEach(complete -> complete.users().forEach(
                (room, users) -> usersByRoom.computeIfAbsent(room, id -> new ArrayList<>()).addAll(users)));
        instance.parts.clear();
        if (instance.sequence > part.sequence()) {
            return Optional.empty();
        }
        instance.sequence = part.sequence();
        return Optional.of(usersByRoom);
    }
}
