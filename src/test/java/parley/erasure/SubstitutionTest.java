package parley.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.protocol.AttachedFile;
import parley.protocol.CallChange;
import parley.protocol.Change;
import parley.protocol.Codec;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Role;
import parley.protocol.RoomEvent;
import parley.protocol.User;

/** Where a pseudonym takes the place of a person, and where it doesn't. */
class SubstitutionTest {

    private static final User ALICE = new User("alice", "Alice Quill");
    private static final User BOB = new User("bob", "Bob");
    private static final User SHOWN = new User("erased-1", "Erased person");

    private final Substitution erases = new Substitution("alice", "erased-1", List.of("Alice Quill", "Ali"), List.of("Q-77"), true);
    private final Substitution renames = new Substitution("alice", "erased-1", List.of("Alice Quill", "Ali"), List.of("Q-77"), false);

    private static RoomEvent event(User by, Change change) {
        return new RoomEvent("plaza", 7, Instant.EPOCH, by, change);
    }

    private static MessageChange.Posted posted(String text, String... mentions) {
        return new MessageChange.Posted(text, "key", 3, true, List.of(mentions), false, false,
                List.of(new AttachedFile("f", "cv of Alice Quill.pdf", "application/pdf", 1, 0, 0, false)));
    }

    private String text(Substitution substitution, MessageChange.Posted posted) {
        return ((MessageChange.Posted) substitution.event(event(BOB, posted)).change()).text();
    }

    @ParameterizedTest
    @CsvSource({"the malice of Aline, the malice of Aline", "ali baba and alice, ali baba and alice",
        "balice@example.org, balice@example.org",
        "@alicette, @alicette", "Alice Quilling, Alice Quilling", "Q-777, Q-777"})
    void leavesOtherWordsAlone(String text, String expected) {
        assertThat(erases.text(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"ask Alice Quill!, ask Erased person!", "ask ALICE QUILL, ask Erased person", "hi @alice, hi @Erased person",
        "hi @Ali., hi @Erased person.", "file q-77, file Erased person", "user=alice x, user=erased-1 x",
        "'{\"person\":\"alice\"}', '{\"person\":\"erased-1\"}'"})
    void replacesNamesInTexts(String text, String expected) {
        assertThat(erases.text(text)).isEqualTo(expected);
        assertThat(erases.text(erases.text(text))).as("again").isEqualTo(expected);
    }

    @Test
    void aSingleWordIsReplacedInMessagesThatMentionThePerson() {
        assertThat(text(erases, posted("Ali knows"))).isEqualTo("Ali knows");
        assertThat(text(erases, posted("Ali knows", "alice"))).isEqualTo("Erased person knows");
        assertThat(((MessageChange.Posted) erases.event(event(BOB, posted("", "carol", "alice"))).change()).mentions())
                .containsExactly("carol", "erased-1");
    }

    @Test
    void whatThePersonWroteGoesOnlyWithAnErasure() {
        RoomEvent own = event(ALICE, posted("my secret", "bob"));
        assertThat(erases.event(own).by()).isEqualTo(SHOWN);
        assertThat(erases.event(own).change()).isEqualTo(new MessageChange.Posted("", "key", 3, true, List.of(), false, true));
        MessageChange.Posted kept = (MessageChange.Posted) renames.event(own).change();
        assertThat(kept.text()).isEqualTo("my secret");
        assertThat(kept.files()).singleElement().satisfies(file -> assertThat(file.name()).isEqualTo("cv of Erased person.pdf"));
        assertThat(renames.event(own).by()).isEqualTo(SHOWN);
    }

    @Test
    void otherPeopleStayAsTheyAre() {
        RoomEvent others = event(new User("carol", "Ali"), new MessageChange.Posted("hello", "key", 0, false, List.of("bob"), true, false));
        assertThat(erases.event(others)).isEqualTo(others);
    }

    @Test
    void replacesThePersonInMembershipsAndCalls() {
        assertThat(erases.event(event(BOB, new MemberChange.RoleChanged(ALICE, Role.BANNED, Optional.empty()))).change())
                .isEqualTo(new MemberChange.RoleChanged(SHOWN, Role.BANNED, Optional.empty()));
        assertThat(erases.event(event(BOB, new CallChange.Ended("c", 5, List.of(BOB, ALICE)))).change())
                .isEqualTo(new CallChange.Ended("c", 5, List.of(BOB, SHOWN)));
        assertThat(erases.namesIn(event(BOB, new MemberChange.Joined(new User("alice", "Ally"), Role.MEMBER)))).containsExactly("Ally");
        assertThat(erases.namesIn(event(BOB, new MessageChange.Pinned(3)))).isEmpty();
    }

    @Test
    void findsWhatItChangesByItsParts() {
        RoomEvent event = event(BOB, posted("\"Ask\" ALICE QUILL", "alice"));
        String frame = Codec.encode(event).text().toLowerCase(Locale.ROOT);
        assertThat(erases.frameParts()).anyMatch(frame::contains);
        Substitution quoted = new Substitution("a\"b\\c", "erased-1", List.of(), List.of(), true);
        assertThat(Codec.encode(event(new User("a\"b\\c", "x"), posted("x"))).text()).contains(quoted.frameParts().getFirst());
    }

    // The database may have other small letters than Java.
    @Test
    void looksForNamesAsTheyAreWritten() {
        Substitution turkish = new Substitution("alice", "erased-1", List.of("Alice İnci"), List.of(), true);
        assertThat(turkish.parts()).contains("Alice İnci", "alice i̇nci", "ALICE İNCI");
        assertThat(turkish.frameParts()).contains("Alice İnci");
    }

    @Test
    void replacesIdsInListsAndJson() {
        assertThat(erases.ids("bob\nalice\nalice2")).isEqualTo("bob\nerased-1\nalice2");
        assertThat(erases.ids(" alice ")).isEqualTo(" erased-1 ");
        assertThat(erases.json("{\"person\":\"alice\",\"rooms\":[\"alice\"],\"n\":1}"))
                .isEqualTo("{\"person\":\"erased-1\",\"rooms\":[\"erased-1\"],\"n\":1}");
    }

    @Test
    void aPersonWhoseNameIsAWordOfWhatTakesItsPlaceIsReplacedOnce() {
        Substitution same = new Substitution("person", "erased-1", List.of("Erased"), List.of(), true);
        assertThat(same.event(event(BOB, posted("@person", "person"))).change())
                .isEqualTo(same.event(same.event(event(BOB, posted("@person", "person")))).change());
    }
}
