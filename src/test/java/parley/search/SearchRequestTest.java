package parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.protocol.ErrorCode;
import parley.protocol.Fields;
import parley.protocol.Problem;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a search is read, and what is refused. */
class SearchRequestTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"q | ''", "q | '   '", "has | cake", "q | has:cake", "q | before:yesterday", "before | 2026-02-30",
        "after | 2026-01-01T00:00", "before | +999999999-01-01T00:00:00Z", "after | -999999999-01-01T00:00:00Z",
        "sort | best", "room | a/b", "q | in:a/b", "q | -from:bob", "q | a*", "cursor | 1", "limit | many",
        "cursor | 1.0.1.1.room", "by | ''"})
    void refusesWhatMeansNothing(String name, String value) {
        assertThat(problem(name, value)).map(Problem::code).contains(ErrorCode.BAD_REQUEST);
    }

    @Test
    void refusesTooMuch() {
        assertThat(problem("q", "x".repeat(SearchRequest.LONGEST_QUERY))).isEmpty();
        assertThat(problem("q", "x".repeat(SearchRequest.LONGEST_QUERY + 1))).map(Problem::code).contains(ErrorCode.BAD_REQUEST);
        assertThat(problem("q", words(SearchRequest.MOST_CLAUSES))).isEmpty();
        assertThat(problem("q", words(SearchRequest.MOST_CLAUSES + 1))).map(Problem::code).contains(ErrorCode.TOO_LARGE);
        assertThat(problem("q", "tab\there")).map(Problem::code).contains(ErrorCode.BAD_REQUEST);
    }

    @Test
    void readsWordsPhrasesBeginningsAndExclusions() {
        assertThat(wanted("plan \"first  draft\" -old -\"not this\" pre* -x-ray a-b").clauses()).containsExactly(
                word("plan"), new Clause(Clause.Kind.PHRASE, "first  draft", false), new Clause(Clause.Kind.WORD, "old", true),
                new Clause(Clause.Kind.PHRASE, "not this", true), new Clause(Clause.Kind.PREFIX, "pre", false),
                new Clause(Clause.Kind.WORD, "x-ray", true), word("a-b"));
        assertThat(wanted("a\"b c\"d").clauses()).containsExactly(word("a"), new Clause(Clause.Kind.PHRASE, "b c", false), word("d"));
    }

    @Test
    void readsOperatorsButLeavesOtherColonsAlone() {
        Wanted wanted = wanted("FROM:\"DOMAIN\\anna b\" in:general has:link has:pin before:2026-02-01 after:2026-01-01T10:00:00+02:00 "
                + "https://example.com from: 10:30");
        assertThat(wanted.by()).contains("DOMAIN\\anna b");
        assertThat(wanted.room()).contains("general");
        assertThat(wanted.has()).isEqualTo(Set.of(Has.LINK, Has.PIN));
        assertThat(wanted.before()).contains(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(wanted.after()).contains(Instant.parse("2026-01-01T08:00:00Z"));
        assertThat(wanted.clauses()).containsExactly(word("https://example.com"), word("from:"), word("10:30"));
    }

    @Test
    void aParameterCountsMoreThanAnOperator() {
        Fields fields = fields("q", "in:here from:alice x", "room", "there", "by", "bob");
        SearchRequest request = SearchRequest.of(fields);
        assertThat(fields.problem()).isEmpty();
        assertThat(request.wanted().room()).contains("there");
        assertThat(request.wanted().by()).contains("bob");
    }

    @Test
    void withoutAWordTheOrderIsThatOfTime() {
        assertThat(request("from:bob").byTime()).isTrue();
        assertThat(request("-x").byTime()).isTrue();
        assertThat(request("x").byTime()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0.1.1", "1.0.1.1.a b", "1.3f800000.1.1.room", "-1.0.1.1.room", "1.0.9999999999999999999.1.room"})
    void aWrongCursorIsNone(String text) {
        assertThat(Cursor.of(text, true)).isEmpty();
    }

    @Test
    void aCursorBelongsToOneOrder() {
        Cursor cursor = new Cursor(5, 1.5f, 3, 2, "room_-1");
        assertThat(Cursor.of(cursor.text(), false)).contains(cursor);
        assertThat(Cursor.of(cursor.text(), true)).isEmpty();
    }

    private static String words(int number) {
        return IntStream.range(0, number).mapToObj(n -> "w" + n).collect(Collectors.joining(" "));
    }

    private static Clause word(String text) {
        return new Clause(Clause.Kind.WORD, text, false);
    }

    private static Wanted wanted(String query) {
        return request(query).wanted();
    }

    private static SearchRequest request(String query) {
        Fields fields = fields("q", query);
        SearchRequest request = SearchRequest.of(fields);
        assertThat(fields.problem()).isEmpty();
        return request;
    }

    private static Optional<Problem> problem(String name, String value) {
        Fields fields = fields(name, value);
        SearchRequest.of(fields);
        return fields.problem();
    }

    private static Fields fields(String... parameters) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < parameters.length; i += 2) {
            json.put(parameters[i], parameters[i + 1]);
        }
        return new Fields(json);
    }
}
