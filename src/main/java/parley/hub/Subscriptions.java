package parley.hub;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The subscriptions of a connection, by room. Safe for every thread. Each change copies the map, which is small for most connections. */
final class Subscriptions {

    private Map<String, Subscription> byRoom = Map.of();

    /** Stores a subscription and returns the one it replaces, or null. */
    synchronized Subscription put(String room, Subscription subscription) {
        Map<String, Subscription> changed = new HashMap<>(byRoom);
        Subscription before = changed.put(room, subscription);
        byRoom = Map.copyOf(changed);
        return before;
    }

    /** Removes and returns the subscription to a room; null if there is none. */
    synchronized Subscription remove(String room) {
        Map<String, Subscription> changed = new HashMap<>(byRoom);
        Subscription before = changed.remove(room);
        byRoom = Map.copyOf(changed);
        return before;
    }

    /** Removes this subscription, unless another one has replaced it. */
    synchronized void remove(String room, Subscription subscription) {
        if (byRoom.get(room) == subscription) {
            remove(room);
        }
    }

    synchronized boolean contains(String room) {
        return byRoom.containsKey(room);
    }

    synchronized int size() {
        return byRoom.size();
    }

    synchronized Set<String> rooms() {
        return byRoom.keySet();
    }
}
