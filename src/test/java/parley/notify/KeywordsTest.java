package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordsTest {

    private final Keywords keywords = new Keywords();

    @BeforeEach
    void read() {
        keywords.change(Map.of("alice", List.of("release", "Größe"), "bob", List.of("release date", "c++"), "carol", List.of("!!", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "releases", "prerelease", "!!", "re lease"})
    void findsNobody(String text) {
        assertThat(keywords.peopleFor(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"release", "The RELEASE!", "(release)", "größe", "GRÖSSE", "release, date"})
    void findsWholeWordsInAnyCase(String text) {
        assertThat(keywords.peopleFor(text)).contains("alice");
    }

    @Test
    void findsSeveralWordsInTheirOrder() {
        assertThat(keywords.peopleFor("the Release  Date is near")).containsExactlyInAnyOrder("alice", "bob");
        assertThat(keywords.peopleFor("date release")).containsExactly("alice");
    }

    @Test
    void withoutKeywordsFindsNobody() {
        assertThat(new Keywords().peopleFor("release")).isEmpty();
    }

    @Test
    void aChangeReplacesThoseOfThePersonAlone() {
        keywords.change(Map.of("alice", List.of("date")));
        assertThat(keywords.peopleFor("release date, Größe")).containsExactlyInAnyOrder("alice", "bob");
        assertThat(keywords.peopleFor("release, Größe")).isEmpty();
        keywords.change(Map.of("alice", List.of(), "bob", List.of()));
        assertThat(keywords.peopleFor("release date")).isEmpty();
    }
}
