package parley.bus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What this instance asks the others about who is online. A request that is not answered in time is repeated, together with all others that
 * are late, so that the open ones are bounded by the rooms with a listener here. Not thread-safe.
 */
final class PresenceRequests {

    /** The most rooms of a request. */
    static final int MOST_ROOMS = 1_000;
    /** After this time a request is repeated; nanoseconds. */
    static final long REPEAT_AFTER = TimeUnit.SECONDS.toNanos(2);

    private record Open(Packet.PresenceRequest request, Set<UUID> waitingFor, long askedAt) {}

    private final Map<Long, Open> open = new LinkedHashMap<>();
    private long ids;

    /** The requests that ask these instances about these rooms; none if there is no instance to ask. */
    List<Packet> ask(Collection<String> rooms, Set<UUID> others, long now) {
        List<Packet> requests = new ArrayList<>();
        List<String> all = List.copyOf(rooms);
        UUID of = others.size() == 1 ? others.iterator().next() : Packet.PresenceRequest.ALL;
        for (int from = 0; from < all.size() && !others.isEmpty(); from += MOST_ROOMS) {
            var request = new Packet.PresenceRequest(of, ++ids, all.subList(from, Math.min(all.size(), from + MOST_ROOMS)));
            open.put(request.id(), new Open(request, new HashSet<>(others), now));
            requests.add(request);
        }
        return requests;
    }

    /** An instance has answered. Returns the rooms about which all have answered with it. */
    List<String> answered(UUID by, long id) {
        Open answered = open.get(id);
        if (answered == null) {
            return List.of();
        }
        answered.waitingFor.remove(by);
        if (!answered.waitingFor.isEmpty()) {
            return List.of();
        }
        open.remove(id);
        return answered.request.rooms();
    }

    /** An instance is gone and answers no more. Returns the rooms about which all others have answered. */
    List<String> gone(UUID instance) {
        List<String> known = new ArrayList<>();
        for (Long id : List.copyOf(open.keySet())) {
            known.addAll(answered(instance, id));
        }
        return known;
    }

    /**
     * The late requests again, in as few as possible.
     *
     * @param held the rooms that still have a listener here
     */
    List<Packet> repeat(Set<String> held, long now) {
        Set<String> rooms = new LinkedHashSet<>();
        Set<UUID> others = new HashSet<>();
        open.values().removeIf(late -> {
            boolean repeated = now - late.askedAt >= REPEAT_AFTER;
            if (repeated) {
                late.request.rooms().stream().filter(held::contains).forEach(rooms::add);
                others.addAll(late.waitingFor);
            }
            return repeated;
        });
        return ask(rooms, others, now);
    }
}
