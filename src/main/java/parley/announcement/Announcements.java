package parley.announcement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import parley.audit.AuditEvent;
import parley.protocol.AnnouncementKind;
import parley.protocol.Event;
import parley.protocol.Problem;
import parley.watch.Watchers;

/**
 * What administrators and people do with announcements. Each call waits for the database. A change holds on this instance when the call
 * returns, and on the others within about a second.
 */
@ApplicationScoped
public class Announcements {

    /** The most announcements that are not over, those of the future included. */
    public static final int MOST = 5;

    @Inject
    private AnnouncementTables tables;
    @Inject
    private ShowingAnnouncements showing;
    @Inject
    private Watchers watchers;

    /** What an administrator wants to announce. */
    public record Wanted(AnnouncementKind kind, String text, Optional<String> link, boolean dismissible, Optional<Instant> from,
                         Optional<Instant> until) {}

    /** The result of announcing. */
    public sealed interface Outcome {

        /** It was made. */
        record Made(Announcement announcement) implements Outcome {}

        /** It was refused. */
        record Refused(Problem problem) implements Outcome {}
    }

    /** The announcements that are not over, the earliest first. */
    public List<Announcement> all() {
        Instant now = Instant.now();
        return tables.all().stream().filter(announcement -> !announcement.isOverAt(now)).toList();
    }

    /** The announcements that a person sees now. */
    public List<Announcement> shownTo(String person) {
        Set<String> dismissed = tables.dismissedBy(person);
        Instant now = Instant.now();
        return tables.all().stream().filter(announcement -> announcement.isShownAt(now) && !dismissed.contains(announcement.id())).toList();
    }

    /**
     * Announces something to everyone.
     *
     * @param by the id of the administrator
     * @param address of the request, for the audit
     */
    public Outcome announce(Wanted wanted, String by, String address) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        Instant from = wanted.from.filter(now::isBefore).orElse(now);
        if (wanted.until.isPresent() && !wanted.until.get().isAfter(from)) {
            return new Outcome.Refused(Problem.badRequest("`until` must be later than now and than `from`."));
        }
        Announcement made = new Announcement(UUID.randomUUID().toString(), wanted.kind, wanted.text, wanted.link, wanted.dismissible, from,
                wanted.until, by, now);
        Optional<Problem> refused = tables.insert(made, event("announcement.made", made.id() + " " + made.text(), by, address));
        if (refused.isPresent()) {
            return new Outcome.Refused(refused.get());
        }
        showing.catchUp();
        return new Outcome.Made(made);
    }

    /** Ends an announcement. Returns why not. */
    public Optional<Problem> end(String id, String by, String address) {
        if (!tables.delete(id, event("announcement.ended", id, by, address))) {
            return Optional.of(Problem.notFound());
        }
        showing.catchUp();
        return Optional.empty();
    }

    /** Hides an announcement from a person, on all devices. Returns why not. */
    public Optional<Problem> dismiss(String id, String person) {
        Instant now = Instant.now();
        Optional<Announcement> found = tables.all().stream().filter(one -> one.id().equals(id) && one.isShownAt(now)).findAny();
        if (found.isEmpty()) {
            return Optional.of(Problem.notFound());
        }
        if (!found.get().dismissible()) {
            return Optional.of(Problem.forbidden("This announcement can't be dismissed."));
        }
        tables.dismiss(id, person);
        watchers.tell(person, new Event.AnnouncementEnded(id));
        return Optional.empty();
    }

    private static AuditEvent event(String action, String detail, String by, String address) {
        return new AuditEvent(Instant.now(), action, by, null, null, address, detail, 1);
    }
}
