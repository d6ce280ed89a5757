package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import parley.hub.Connection;
import parley.metrics.Metrics;

/**
 * One feed for each document that a connection of this instance has open. Bounded by the connections and {@code parley.documents.open}.
 * Safe for every thread; never waits.
 */
@ApplicationScoped
class DocumentFeeds {

    // Changed only under the lock of this object, and read without it.
    private final Map<String, Map<String, DocumentFeed>> rooms = new ConcurrentHashMap<>();
    private final Map<Connection, Map<DocumentFeed, OpenDocument>> opened = new ConcurrentHashMap<>();

    /** For the container's proxy, and for tests. */
    DocumentFeeds() {
    }

    @Inject
    DocumentFeeds(Metrics metrics) {
        metrics.gauge("parley_documents_open", "Documents that connections of this instance have open.",
                () -> opened.values().stream().mapToInt(Map::size).sum());
    }

    /** The feed of a document, if a connection has it open. */
    Optional<DocumentFeed> of(String room, String document) {
        return Optional.ofNullable(rooms.getOrDefault(room, Map.of()).get(document));
    }

    /** The feeds of a room's documents. */
    Collection<DocumentFeed> of(String room) {
        return rooms.getOrDefault(room, Map.of()).values();
    }

    /** All feeds. */
    List<DocumentFeed> all() {
        List<DocumentFeed> all = new ArrayList<>();
        rooms.values().forEach(feeds -> all.addAll(feeds.values()));
        return all;
    }

    /** How many documents a connection has open. */
    int open(Connection connection) {
        return opened.getOrDefault(connection, Map.of()).size();
    }

    /** Whether a connection has this document open. */
    boolean isOpen(Connection connection, String room, String document) {
        return of(room, document).filter(feed -> opened.getOrDefault(connection, Map.of()).containsKey(feed)).isPresent();
    }

    /** Adds a connection, which gets nothing before its answer. It replaces an earlier opening of the same connection. */
    synchronized OpenDocument add(Connection connection, String room, String document, long version) {
        remove(connection, room, document);
        DocumentFeed feed = rooms.computeIfAbsent(room, id -> new ConcurrentHashMap<>())
                .computeIfAbsent(document, id -> new DocumentFeed(room, document, version));
        OpenDocument opening = new OpenDocument(connection);
        feed.add(opening);
        Map<DocumentFeed, OpenDocument> changed = new HashMap<>(opened.getOrDefault(connection, Map.of()));
        changed.put(feed, opening);
        opened.put(connection, changed);
        return opening;
    }

    /** Removes a connection, if it has the document open. */
    synchronized void remove(Connection connection, String room, String document) {
        of(room, document).ifPresent(feed -> {
            OpenDocument closing = opened.getOrDefault(connection, Map.of()).get(feed);
            if (closing != null) {
                feed.remove(closing);
                forget(feed, closing);
            }
        });
    }

    /** Removes a connection that is gone. */
    synchronized void remove(Connection connection) {
        opened.getOrDefault(connection, Map.of()).forEach((feed, closing) -> {
            feed.remove(closing);
            forget(feed, closing);
        });
    }

    /** These no longer have the document of this feed open. */
    synchronized void ended(DocumentFeed feed, List<OpenDocument> ended) {
        ended.forEach(closing -> forget(feed, closing));
    }

    private void forget(DocumentFeed feed, OpenDocument closing) {
        Map<DocumentFeed, OpenDocument> changed = new HashMap<>(opened.getOrDefault(closing.connection(), Map.of()));
        changed.remove(feed, closing);
        if (changed.isEmpty()) {
            opened.remove(closing.connection());
        } else {
            opened.put(closing.connection(), changed);
        }
        Map<String, DocumentFeed> ofRoom = rooms.getOrDefault(feed.room(), Map.of());
        if (feed.isIdle() && ofRoom.remove(feed.document(), feed) && ofRoom.isEmpty()) {
            rooms.remove(feed.room());
        }
    }
}
