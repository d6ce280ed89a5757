package parley.journal;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import parley.protocol.Codec;
import parley.protocol.Event;
import parley.room.Decision;
import parley.room.DocumentHead;
import parley.room.DocumentLogs;

/**
 * The documents that a batch changes: their heads, and the updates that the batch stores together. For one transaction and one thread.
 */
final class DocumentsOfBatch {

    private record Place(String room, String document) {}

    private record Key(String document, String author, String key) {}

    private final DocumentLogs logs;
    private final EntityManager em;
    private final Map<Place, DocumentHead> heads = new HashMap<>();
    private final Map<Key, Long> keys = new HashMap<>();
    private final List<LoggedUpdate> updates = new ArrayList<>();
    private final List<Decision.Update> pending = new ArrayList<>();

    DocumentsOfBatch(DocumentLogs logs, EntityManager em) {
        this.logs = logs;
        this.em = em;
    }

    Optional<DocumentHead> find(String room, String document) {
        Place place = new Place(room, document);
        Optional<DocumentHead> found = Optional.ofNullable(heads.get(place)).or(() -> logs.find(room, document, em));
        found.ifPresent(head -> heads.put(place, head));
        return found;
    }

    OptionalLong version(String document, String author, String key) {
        Long here = keys.get(new Key(document, author, key));
        return here != null ? OptionalLong.of(here) : logs.version(document, author, key, em);
    }

    int count(String room) {
        return logs.count(room, em);
    }

    void add(Decision.Update update) {
        Event.DocumentUpdated event = update.update();
        // Padding makes this up to two bytes too many, which is precise enough for a bound.
        heads.computeIfPresent(new Place(event.room(), event.document()), (place, head) -> head.next(event.update().length() * 3L / 4));
        keys.put(new Key(event.document(), event.by().id(), update.key()), event.version());
        updates.add(new LoggedUpdate(event.room(), event.document(), event.version(), Codec.encode(event)));
        pending.add(update);
    }

    /** Writes the pending updates to the tables, and forgets the heads: other statements are about to change them. */
    void store() {
        logs.store(List.copyOf(pending), em);
        pending.clear();
        heads.clear();
    }

    /** All updates of the batch. */
    List<LoggedUpdate> updates() {
        return updates;
    }
}
