package parley.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.protocol.AnnouncementKind;
import parley.protocol.Event;

/** When an announcement is shown, and what pages are told. */
class ShowingAnnouncementsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static Announcement announcement(String id, Instant from, Instant until) {
        return new Announcement(id, AnnouncementKind.WARNING, "Text of " + id, Optional.empty(), true, from, Optional.ofNullable(until),
                "carol", NOON);
    }

    @Test
    void isNotShownBeforeItBeginsNorFromItsEndOn() {
        Announcement lunch = announcement("lunch", NOON, NOON.plusSeconds(60));
        assertThat(lunch.isShownAt(NOON.minusMillis(1))).isFalse();
        assertThat(lunch.isShownAt(NOON.plusSeconds(60))).isFalse();
        assertThat(lunch.isShownAt(NOON)).isTrue();
        assertThat(lunch.isShownAt(NOON.plusSeconds(60).minusMillis(1))).isTrue();
    }

    @Test
    void withoutAnEndItStays() {
        assertThat(announcement("a", NOON, null).isShownAt(Instant.parse("2126-01-01T00:00:00Z"))).isTrue();
    }

    @Test
    void tellsNothingIfNothingChanged() {
        List<Announcement> shown = List.of(announcement("a", NOON, null));
        assertThat(ShowingAnnouncements.changes(shown, List.copyOf(shown))).isEmpty();
    }

    @Test
    void tellsWhatEndedAndThenWhatBegins() {
        Announcement old = announcement("old", NOON, NOON.plusSeconds(1));
        Announcement stays = announcement("stays", NOON, null);
        Announcement next = announcement("next", NOON.plusSeconds(1), null);
        assertThat(ShowingAnnouncements.changes(List.of(old, stays), List.of(stays, next))).containsExactly(
                new Event.AnnouncementEnded("old"),
                new Event.AnnouncementShown("next", AnnouncementKind.WARNING, "Text of next", Optional.empty(), Optional.empty(), true));
    }
}
