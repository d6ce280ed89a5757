package parley.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.journal.Original;
import parley.protocol.AttachedFile;
import parley.protocol.Change;
import parley.protocol.Codec;
import parley.protocol.DocumentChange;
import parley.protocol.LinkPreview;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;

/** A hold covers what meets all of its conditions. */
class ScopeTest {

    private static final Instant NINE = Instant.parse("2030-01-01T09:00:00Z");
    private static final Instant TEN = Instant.parse("2030-01-01T10:00:00Z");

    static Original posted(String room, String person, Instant at, String text) {
        return original(room, 7, person, at, new MessageChange.Posted(text, "k", 0, false, List.of(), false, false));
    }

    static Original original(String room, long offset, String person, Instant at, Change change) {
        RoomEvent event = new RoomEvent(room, offset, at, new User(person, person), change);
        return new Original(room, offset, at, change.type(), person, Codec.encode(event));
    }

    private static Scope words(String... words) {
        return new Scope(List.of(), List.of(), List.of(words), Optional.empty(), Optional.empty());
    }

    @Test
    void coversNothingThatMissesOneCondition() {
        Scope scope = new Scope(List.of("alice"), List.of("general"), List.of("merger"), Optional.of(NINE), Optional.of(TEN));
        assertThat(scope.covers(posted("general", "alice", NINE, "The merger"))).isTrue();
        assertThat(scope.covers(posted("general", "bob", NINE, "The merger"))).isFalse();
        assertThat(scope.covers(posted("plaza", "alice", NINE, "The merger"))).isFalse();
        assertThat(scope.covers(posted("general", "alice", NINE, "The lunch"))).isFalse();
        assertThat(scope.covers(posted("general", "alice", NINE.minusMillis(1), "The merger"))).isFalse();
        assertThat(scope.covers(posted("general", "alice", TEN, "The merger"))).isFalse();
    }

    @Test
    void findsAWordInEveryCaseAndAccentAndInsideOfAnother() {
        assertThat(List.of("MERGER", "mergers", "Mérger", "pre-merger", "Ｍｅｒｇｅｒ")).allSatisfy(text ->
                assertThat(words("merger").covers(posted("r", "alice", NINE, "x " + text + " y"))).as(text).isTrue());
        assertThat(words("Straße").covers(posted("r", "alice", NINE, "STRASSE"))).isTrue();
        assertThat(List.of("mer\u00adger", "m\u200berger", "mer\u2060ger", "\u202emerger", "me\u200drger")).allSatisfy(hidden ->
                assertThat(words("merger").covers(posted("r", "alice", NINE, hidden))).as("characters that nobody sees").isTrue());
        assertThat(words("project  blue").covers(posted("r", "alice", NINE, "Project\nBlue"))).isTrue();
        assertThat(words("merger", "lunch").covers(posted("r", "alice", NINE, "Lunch?"))).isTrue();
        assertThat(words("merger").covers(posted("r", "alice", NINE, "merge"))).isFalse();
    }

    @Test
    void findsAWordInNamesOfFilesPreviewsEditsAndTitles() {
        Scope merger = words("merger");
        AttachedFile file = new AttachedFile("f", "merger.pdf", "application/pdf", 1, 0, 0, false);
        assertThat(List.of(new MessageChange.Posted("", "k", 0, false, List.of(), false, false, List.of(file)),
                new MessageChange.Edited(3, "merger", List.of(), false),
                new MessageChange.Previewed(3, List.of(new LinkPreview("https://a.example", "Merger", "", "")), false),
                new DocumentChange.Created("d", "Merger"), new DocumentChange.Renamed("d", "Merger"))).allSatisfy(change ->
                assertThat(merger.covers(original("r", 4, "alice", NINE, change))).isTrue());
        assertThat(merger.covers(original("r", 4, "merger", NINE, new MessageChange.Deleted(3, 0)))).isFalse();
    }

    @Test
    void withoutConditionsIsEverything() {
        assertThat(words().isEverything()).isTrue();
        assertThat(new Scope(List.of(), List.of(), List.of(), Optional.of(NINE), Optional.empty()).isEverything()).isFalse();
    }
}
