package parley.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchWordsTest {

    @ParameterizedTest
    @CsvSource({"bo, true", "BOB, true", "jose, true", "jos\u00e9 b, true", "baker jo, true", "per, true", "ob, false", "bob x, false",
            "person-0, true", "son, false", "0, false"})
    void aQueryFindsBeginningsOfWordsAndOfTheId(String query, boolean found) {
        assertThat(finds(query, "person-0", "Bob Jos\u00e9 Baker")).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"\u738b, \u738b\u5c0f\u660e", "\u0641\u0631, \u0641\u0631\u0627\u0646\u0633", "stras, Stra\u00dfe", "stra\u00dfe, STRASSE",
            "\u03c3\u03c9, \u03a3\u03c9\u03ba\u03c1\u03ac\u03c4\u03b7\u03c2"})
    void everyScriptIsSearchedWithoutCase(String query, String name) {
        assertThat(finds(query, "person-0", name)).isTrue();
    }

    @Test
    void aHostileIdIsFoundByItsBeginning() {
        assertThat(finds("https://idp", "https://idp.example/u/1", "Anna")).isTrue();
        assertThat(finds("..", "..", "Anna")).isTrue();
        assertThat(finds("%2e", "%2e%2e", "Anna")).isTrue();
    }

    @Test
    void onlyDigitsAreStoredAndOfBoundedLength() {
        Set<String> words = SearchWords.of("\ud83d\ude00".repeat(127), "a ".repeat(50) + "\ud83d\ude00".repeat(99));
        assertThat(words).allMatch(word -> word.matches("[0-9a-f]{2,256}")).hasSizeLessThanOrEqualTo(SearchWords.MOST + 1);
    }

    private static boolean finds(String query, String id, String name) {
        Set<String> words = SearchWords.of(id, name);
        boolean byName = !SearchWords.queried(query).isEmpty()
                && SearchWords.queried(query).stream().allMatch(beginning -> words.stream().anyMatch(word -> isIn(word, beginning)));
        return byName || words.stream().anyMatch(word -> isIn(word, SearchWords.queriedId(query)));
    }

    // As the database compares.
    private static boolean isIn(String word, String beginning) {
        return word.compareTo(beginning) >= 0 && word.compareTo(beginning + SearchWords.AFTER) < 0;
    }
}
