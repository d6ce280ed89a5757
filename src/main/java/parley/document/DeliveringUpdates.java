package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import parley.hub.ConnectionGone;
import parley.hub.HeadsCompared;
import parley.hub.Overheard;
import parley.journal.Committed;
import parley.journal.EpochRenewed;
import parley.journal.LoggedUpdate;
import parley.journal.Views;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.protocol.Codec;
import parley.protocol.DocumentChange;
import parley.protocol.ErrorCode;
import parley.protocol.Event;
import parley.protocol.Frame;
import parley.protocol.MessageChange;
import parley.protocol.User;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.threads.ReaderPool;
import parley.threads.Unattended;

/**
 * Delivers updates to the connections that have their document open, whether they were committed here or on another instance, and reads
 * missing ones from the log. Closes the documents of people who may no longer read the room. Safe for every thread. Only the thread that
 * compares heads waits for the database.
 */
@ApplicationScoped
public class DeliveringUpdates {

    private static final Logger LOG = Logger.getLogger(DeliveringUpdates.class.getName());

    private DocumentFeeds feeds;
    private StoredDocuments documents;
    private Views views;
    private ReaderPool readers;
    private Counter reads;
    private Counter stored;

    /** For the container's proxy. */
    protected DeliveringUpdates() {
    }

    @Inject
    DeliveringUpdates(DocumentFeeds feeds, StoredDocuments documents, Views views, ReaderPool readers, Metrics metrics) {
        this.feeds = feeds;
        this.documents = documents;
        this.views = views;
        this.readers = readers;
        reads = metrics.count("parley_document_reads_total", "Reads of updates of documents that did not reach this instance.");
        stored = metrics.count("parley_document_updates_total", "Updates of documents that this instance stored.");
    }

    void committed(@Observes Committed committed) {
        committed.rooms().forEach(this::committed);
        stored.add(committed.updates().size());
        byDocument(committed.updates()).values().forEach(this::arrived);
    }

    /** The updates of a batch by document, each in the order of their versions. */
    public static Map<String, List<LoggedUpdate>> byDocument(List<LoggedUpdate> updates) {
        Map<String, List<LoggedUpdate>> byDocument = new LinkedHashMap<>();
        updates.forEach(update -> byDocument.computeIfAbsent(update.document(), id -> new ArrayList<>()).add(update));
        return byDocument;
    }

    /** Updates of one document were committed, in order without a gap. */
    public void arrived(List<LoggedUpdate> updates) {
        LoggedUpdate first = updates.getFirst();
        feeds.of(first.room(), first.document()).ifPresent(feed -> settle(feed, feed.arrived(updates)));
    }

    /** A person on another instance broadcasts awareness of a document. */
    public void told(Event.DocumentAware aware) {
        feeds.of(aware.room(), aware.document()).ifPresent(feed -> feed.tell(Codec.encode(aware), null));
    }

    private void committed(Committed.RoomBatch batch) {
        Collection<DocumentFeed> open = feeds.of(batch.view().id());
        if (open.isEmpty() || batch.events().stream().allMatch(event -> event.change() instanceof MessageChange)) {
            return;
        }
        endUnentitled(views.cached(batch.view().id()).filter(view -> view.epoch().equals(batch.view().epoch())).orElse(batch.view()));
        batch.events().forEach(event -> {
            if (event.change() instanceof DocumentChange.Deleted deleted) {
                feeds.of(event.room(), deleted.document()).ifPresent(this::deleted);
            }
        });
    }

    private void deleted(DocumentFeed feed) {
        settle(feed, feed.end(every -> true, ErrorCode.NOT_FOUND, false));
    }

    private void endUnentitled(RoomView view) {
        Instant now = Instant.now();
        feeds.of(view.id()).forEach(feed -> settle(feed, feed.end(open -> !RoomPolicy.maySee(view, open.user(), now),
                view.closed() ? ErrorCode.GONE : ErrorCode.FORBIDDEN, false)));
    }

    // The missed events may have ended rights.
    void overheard(@Observes Overheard overheard) {
        if (!feeds.of(overheard.room()).isEmpty()) {
            views.doubt(overheard.room());
            checkRights(overheard.room());
        }
    }

    void epochRenewed(@Observes EpochRenewed renewed) {
        feeds.of(renewed.room()).forEach(feed -> settle(feed, feed.end(every -> true, ErrorCode.GONE, true)));
    }

    void connectionGone(@Observes ConnectionGone gone) {
        feeds.remove(gone.connection());
    }

    // Finds updates that reached this instance neither through its journal nor through the bus.
    void headsCompared(@Observes HeadsCompared compared) {
        List<DocumentFeed> open = compared.all() ? feeds.all()
                : compared.rooms().stream().flatMap(room -> feeds.of(room).stream()).toList();
        if (open.isEmpty()) {
            return;
        }
        // Versions from before the query: an update may arrive while it runs.
        Map<DocumentFeed, Long> before = new HashMap<>();
        open.forEach(feed -> before.put(feed, feed.version()));
        Map<String, Long> heads = documents.versions(open.stream().map(DocumentFeed::document).toList());
        before.forEach((feed, version) -> Optional.ofNullable(heads.get(feed.document()))
                .ifPresentOrElse(head -> settle(feed, feed.compare(version, head)), () -> deleted(feed)));
        // A comparison of all rooms confirms the views itself.
        if (!compared.all()) {
            compared.rooms().forEach(views::doubt);
        }
        open.stream().map(DocumentFeed::room).distinct().forEach(this::checkRights);
    }

    private void checkRights(String room) {
        Unattended.log(views.of(room).thenAccept(view -> view.ifPresentOrElse(this::endUnentitled, () ->
                feeds.of(room).forEach(feed -> settle(feed, feed.end(every -> true, ErrorCode.GONE, false))))), LOG,
                "The rights in a room could not be read; the next comparison reads them");
    }

    private void settle(DocumentFeed feed, DocumentFeed.Outcome outcome) {
        if (!outcome.ended().isEmpty()) {
            feeds.ended(feed, outcome.ended());
        }
        if (outcome.reads()) {
            read(feed);
        }
    }

    private void read(DocumentFeed feed) {
        reads.increment();
        Unattended.log(readers.read(() -> frames(feed.room(), feed.document(), documents.after(feed.document(), feed.version())))
                .thenAccept(found -> settle(feed, feed.read(found)))
                .whenComplete((done, failed) -> {
                    if (failed != null) {
                        feed.readFailed();
                    }
                    if (failed != null && failed.getCause() instanceof StoredDocuments.UpdateMissing) {
                        // It was trimmed behind a snapshot: clients open the document again and start from that.
                        settle(feed, feed.end(every -> true, ErrorCode.GONE, true));
                    }
                }), LOG, "The updates of a document could not be read; the next comparison of heads reads them");
    }

    private List<LoggedUpdate> frames(String room, String document, List<StoredDocuments.Stored> updates) {
        Optional<RoomView> view = views.cached(room);
        return updates.stream().map(update -> {
            User by = view.flatMap(found -> found.member(update.author())).map(member -> member.user())
                    .orElseGet(() -> new User(update.author(), update.author()));
            Frame frame = Codec.encode(new Event.DocumentUpdated(room, document, update.version(),
                    Base64.getEncoder().encodeToString(update.content()), by));
            return new LoggedUpdate(room, document, update.version(), frame);
        }).toList();
    }
}
