package parley.announcement;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.AnnouncementKind;
import parley.protocol.Event;

/**
 * An announcement to everyone.
 *
 * @param link an https URL
 * @param until when it ends by itself; without it, an administrator ends it
 * @param dismissible whether each person may hide it
 * @param by the id of the administrator
 */
public record Announcement(String id, AnnouncementKind kind, String text, Optional<String> link, boolean dismissible, Instant from,
                           Optional<Instant> until, String by, Instant created) {

    /** The longest text, in characters (code points). */
    public static final int LONGEST_TEXT = 500;
    /** The longest link. */
    public static final int LONGEST_LINK = 1_000;

    boolean isShownAt(Instant now) {
        return !from.isAfter(now) && !isOverAt(now);
    }

    boolean isOverAt(Instant now) {
        return until.isPresent() && !until.get().isAfter(now);
    }

    Event.AnnouncementShown shown() {
        return new Event.AnnouncementShown(id, kind, text, link, until, dismissible);
    }
}
