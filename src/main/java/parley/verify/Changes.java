package parley.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the links say about events that were changed after they were sealed. Holds an entry for each of them. For one thread. */
final class Changes {

    private static final Map<String, String> CAUSES = Map.of("deleted", "message.", "edited", "message.", "previews_replaced", "message.",
            "restored", "message.", "document_deleted", "document.");

    /** The last change of an event: its leaf since then. */
    record Change(long link, String kind, byte[] leaf) {

        boolean removed() {
            return Leaf.isOfNoRow(leaf);
        }
    }

    private final Map<Long, Change> last = new HashMap<>();
    private final Map<Long, Set<String>> causes = new HashMap<>();

    /** Takes a link that is no segment. Links come in their order. */
    void add(Link link) {
        if (link.isWhole()) {
            for (int i = 0; i < link.size(); i++) {
                last.put(link.offset(i), new Change(link.number(), link.kind(), link.leaf(i)));
            }
        }
        if (link.cause() > 0) {
            causes.computeIfAbsent(link.cause(), cause -> new HashSet<>()).add(link.kind());
        }
    }

    Optional<Change> of(long offset) {
        return Optional.ofNullable(last.get(offset));
    }

    /** Notes that an event is in the log. Returns a kind of change that it can't have caused, though a link says so. */
    Optional<String> seen(StoredEvent event) {
        Set<String> kinds = causes.remove(event.offset());
        return kinds == null ? Optional.empty()
                : kinds.stream().filter(kind -> !event.type().startsWith(CAUSES.getOrDefault(kind, ""))).findFirst();
    }

    /** The events that caused changes, but were neither seen nor removed. */
    Set<Long> missingCauses() {
        causes.keySet().removeIf(cause -> of(cause).filter(Change::removed).isPresent());
        return causes.keySet();
    }
}
