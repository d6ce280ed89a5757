package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.DatabaseWatch;
import parley.health.Started;
import parley.identity.Actor;
import parley.journal.Journal;
import parley.lease.Leases;
import parley.lease.Task;
import parley.protocol.Retention;
import parley.protocol.User;
import parley.room.Rooms;
import parley.settings.Settings;
import parley.threads.ManagedThreads;
import parley.threads.Unattended;

/**
 * Removes the documents of closed rooms, documents that nobody has changed within the retention of their room, and updates behind old
 * snapshots. One instance does it for all; concurrent removals are harmless. Each transaction concerns one document.
 */
@ApplicationScoped
class DocumentSweep {

    private static final Logger LOG = Logger.getLogger(DocumentSweep.class.getName());
    private static final int AT_ONCE = 500;
    private static final Actor INSTALLATION = new Actor(new User("parley", "Parley"), true);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Settings settings;
    @Inject
    private Leases leases;
    @Inject
    private DatabaseWatch database;
    @Inject
    private Rooms rooms;
    @Inject
    private OldDocuments old;
    @Inject
    private Journal journal;

    void start(@Observes Started started) {
        managed.repeat(Task.DOCUMENTS.title(), settings.retention().sweep(), this::sweep);
    }

    private void sweep() {
        Duration lease = settings.retention().sweep().multipliedBy(2);
        if (leases.take(Task.DOCUMENTS, lease)) {
            sweep(Instant.now());
        }
    }

    /** Waits for the database, but not for the deletion of documents past the retention. */
    void sweep(Instant now) {
        long removed = 0;
        for (List<String> closed = old.ofClosedRooms(AT_ONCE); !closed.isEmpty(); closed = old.ofClosedRooms(AT_ONCE)) {
            closed.forEach(old::delete);
            removed += closed.size();
        }
        // An instance of an older version can't read the event.
        if (database.areDocumentsReadByAll()) {
            expire(now);
        }
        Instant before = now.minus(settings.documents().kept());
        String last = "";
        for (List<String> covered = old.covered(last, before, AT_ONCE); !covered.isEmpty(); covered = old.covered(last, before, AT_ONCE)) {
            covered.forEach(document -> old.trim(document, before));
            last = covered.getLast();
        }
        LOG.log(removed > 0 ? Level.INFO : Level.FINE, "Deleted {0} documents of closed rooms", removed);
    }

    private void expire(Instant now) {
        String last = "";
        Map<String, Retention> page = rooms.forgetful(last, AT_ONCE);
        while (!page.isEmpty()) {
            for (Map.Entry<String, Retention> room : page.entrySet()) {
                last = room.getKey();
                Optional<Instant> before = room.getValue().cutoff(now);
                before.ifPresent(moment -> old.unchanged(room.getKey(), moment).forEach(document ->
                        Unattended.log(journal.submit(new ExpireDocument(room.getKey(), INSTALLATION, document.id(), document.version())),
                                LOG, "A document could not be removed; the next sweep tries again")));
            }
            page = rooms.forgetful(last, AT_ONCE);
        }
    }
}
