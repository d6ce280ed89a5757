package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.DatabaseWatch;
import parley.health.Started;
import parley.identity.Actor;
import parley.journal.Journal;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.protocol.Retention;
import parley.protocol.User;
import parley.room.Rooms;
import parley.settings.Settings;

/**
 * Removes the documents of closed rooms, documents that nobody has changed within the retention of their room, and updates behind old
 * snapshots. One instance does it for all; concurrent removals are harmless. Each transaction concerns one document.
 */
@ApplicationScoped
class DocumentSweep {

    private static final Logger LOG = Logger.getLogger(DocumentSweep.class.getName());
    private static final int AT_ONCE = 500;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Actor INSTALLATION = new Actor(new User("parley", "Parley"), true);

    @Inject
    private Settings settings;
    @Inject
    private LeasedWork work;
    @Inject
    private DatabaseWatch database;
    @Inject
    private Rooms rooms;
    @Inject
    private OldDocuments old;
    @Inject
    private Journal journal;

    void start(@Observes Started started) {
        Duration every = settings.retention().sweep();
        work.repeat(Task.DOCUMENTS, every, every.multipliedBy(2), () -> sweep(Instant.now()));
    }

    /** Waits for the database and for the journal. */
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
                        expire(new ExpireDocument(room.getKey(), INSTALLATION, document.id(), document.version()))));
            }
            page = rooms.forgetful(last, AT_ONCE);
        }
    }

    // Waits for each one: thousands at once would fill the queue of commands.
    private void expire(ExpireDocument document) {
        try {
            journal.submit(document).get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failed) {
            LOG.log(Level.WARNING, "A document could not be removed; the next sweep tries again", failed);
        }
    }
}
