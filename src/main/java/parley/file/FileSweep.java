package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.Started;
import parley.journal.Leaving;
import parley.journal.LeavingContent;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.room.RoomHeads;
import parley.settings.Settings;

/**
 * Every ten seconds, prepares files that an instance left behind or that wait for the scanner, deletes files that no message carries in
 * time and those of closed rooms, and removes objects of deleted files from the bucket. One instance does it for all.
 */
@ApplicationScoped
class FileSweep {

    private static final Logger LOG = Logger.getLogger(FileSweep.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(30);
    /** The instance that received a file prepares it within this time. */
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(90);
    private static final int MOST = 200;
    private static final Duration NOTICE = Duration.ofHours(1);
    /** In one transaction. */
    private static final int MOST_OF_CLOSED = 20;

    @Inject
    private LeasedWork work;
    @Inject
    private Uploads uploads;
    @Inject
    private Preparing preparing;
    @Inject
    private Stores stores;
    @Inject
    private Settings settings;
    @Inject
    private RoomHeads heads;
    @Inject
    private LeavingContent leaving;
    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    private final Clock clock = Clock.systemUTC();
    private long noticedAt;

    void start(@Observes Started started) {
        work.repeat(Task.FILES, INTERVAL, LEASE, this::sweep);
    }

    private void sweep() {
        uploads.expire(clock.millis() - settings.files().unfinished().toMillis(), MOST);
        deleteOfClosedRooms();
        collectGarbage();
        // Each may take as long as the scanner, and the lease must not end meanwhile.
        for (String id : uploads.unprepared(clock.millis() - LEFT_BEHIND.toMillis(), clock.millis() - INTERVAL.toMillis(), MOST)) {
            if (!work.take()) {
                return;
            }
            uploads.find(id).ifPresent(this::prepare);
        }
    }

    // A room may have many files: a part in each transaction, and the rest the next time.
    private void deleteOfClosedRooms() {
        if (clock.millis() - noticedAt >= NOTICE.toMillis()) {
            uploads.noticeClosedRooms();
            noticedAt = clock.millis();
        }
        long end = System.nanoTime() + INTERVAL.toNanos();
        while (uploads.deleteOfClosedRooms(MOST_OF_CLOSED, this::show) > 0 && System.nanoTime() - end < 0) {
            LOG.fine("Files of a closed room were deleted");
        }
    }

    // In the running transaction. The head first, as every removal locks it.
    private void show(String room, List<Long> messages) {
        heads.lock(List.of(room));
        leaving.showMessages(room, Leaving.Reason.ROOM_CLOSED, messages, em);
    }

    // A file that can't be prepared must not stop the others.
    private void prepare(StoredFile file) {
        try {
            preparing.prepare(file);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "A file could not be prepared; it is tried again", failed);
        }
    }

    private void collectGarbage() {
        Optional<FileStore> bucket = stores.bucket();
        List<String> garbage = bucket.isEmpty() ? List.of() : uploads.garbage(MOST);
        try {
            for (String id : garbage) {
                bucket.get().delete(id);
                uploads.collected(id);
            }
        } catch (IOException unreachable) {
            LOG.log(Level.WARNING, "Deleted files are still in the bucket; this is tried again: {0}", unreachable.getMessage());
        }
    }
}
