package parley.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.notify.Notification;
import parley.notify.OwnNotifications;
import parley.notify.OwnNotifications.Own;
import parley.protocol.Why;

/**
 * The transaction in which an export becomes complete and the person who asked for it is notified. Waits for the database. A notification
 * has a room, so an export without rooms notifies nobody.
 */
@ApplicationScoped
class Completing {

    @Inject
    private ExportRows rows;
    @Inject
    private OwnNotifications notifications;

    /** Completes an export. Returns what to announce after the commit; empty if the export was cancelled before. */
    @Transactional
    Optional<List<Notification>> complete(ExportJob job, Instant now, Instant expires, long bytes, long stored, String digest) {
        return rows.complete(job, now, expires, bytes, stored, digest)
                ? Optional.of(notifications.add(ready(job, rows.rooms(job.id(), 0, 1)).stream().toList(), now)) : Optional.empty();
    }

    /** Tells open pages of what was committed. */
    void announce(List<Notification> made) {
        notifications.announce(made);
    }

    /** What the person is told. For an administrator, the text is what the export is about. */
    static Optional<Own> ready(ExportJob job, List<ExportRows.Cut> rooms) {
        String text = job.request().own() ? "" : ExportJobs.title(job.request());
        return rooms.stream().findFirst().map(first -> new Own(job.by(), first.room(), 0, Why.EXPORT, text));
    }
}
