package parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.protocol.AttachedFile;
import parley.protocol.Fields;
import parley.protocol.Message;
import parley.protocol.SearchPage;
import parley.protocol.User;
import tools.jackson.databind.json.JsonMapper;

/** Whether the files of a message have what a query wants, and which part of them is shown. */
class PassagesTest {

    private static final String MINUTES = "Minutes of the meeting. The contracts were signed in the afternoon.";

    @Test
    void nothingIsFoundThatTheFilesLackOrNoLongerHave() {
        assertThat(passage("contracts", Map.of())).isEmpty();
        assertThat(passage("invoice", Map.of("f", MINUTES))).isEmpty();
        assertThat(passage("contracts invoice", Map.of("f", MINUTES))).isEmpty();
        assertThat(passage("\"signed contracts\"", Map.of("f", MINUTES))).isEmpty();
        assertThat(passage("contracts -afternoon", Map.of("f", MINUTES))).isEmpty();
        assertThat(passage("contracts -hello", Map.of("f", MINUTES))).as("the message's own text").isEmpty();
        Map<String, String> two = new LinkedHashMap<>(Map.of("a", "one two"));
        two.put("b", "three four");
        assertThat(passage("\"two three\"", two)).as("a phrase in two files").isEmpty();
    }

    @Test
    void aPassageNamesTheFileAndWhereTheWordIs() {
        SearchPage.Passage passage = passage("contract", Map.of("f", MINUTES)).orElseThrow();
        assertThat(passage.file()).isEqualTo("f");
        assertThat(passage.text()).isEqualTo(MINUTES);
        assertThat(passage.highlights()).containsExactly(range(passage.text(), "contracts"));
    }

    @Test
    void theMessageAndItsFilesHaveEverythingTogether() {
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put("first", "nothing of interest");
        contents.put("second", MINUTES);
        assertThat(passage("hello contracts", contents)).map(SearchPage.Passage::file).contains("second");
        assertThat(passage("interest signed", contents)).map(SearchPage.Passage::file).contains("first");
        assertThat(passage("contr*", contents)).map(SearchPage.Passage::file).contains("second");
    }

    @Test
    void aLongTextIsCutAroundWhatWasFound() {
        String text = "😀 before ".repeat(5_000) + "needle " + "after ".repeat(5_000);
        SearchPage.Passage passage = passage("needle", Map.of("f", text)).orElseThrow();
        assertThat(passage.text().codePointCount(0, passage.text().length())).isEqualTo(Passages.LONGEST);
        assertThat(passage.text()).contains("before needle after");
        assertThat(passage.highlights()).containsExactly(range(passage.text(), "needle"));
        SearchPage.Passage last = passage("needle", Map.of("f", "before ".repeat(100) + "needle")).orElseThrow();
        assertThat(last.text()).endsWith("needle");
        assertThat(last.highlights()).containsExactly(range(last.text(), "needle"));
    }

    @Test
    void aPageEndsAfterTooManyCharacters() {
        Passages passages = new Passages(wanted("needle"), () -> false);
        String text = "word in a text. ".repeat(Passages.MOST_READ / 32);
        passages.of(message(), Map.of("f", text));
        assertThat(passages.areEnough()).isFalse();
        passages.of(message(), Map.of("f", text));
        assertThat(passages.areEnough()).isTrue();
    }

    @Test
    void aPageEndsWhenTheTimeIsOverButNotBeforeItsFirstText() {
        Passages passages = new Passages(wanted("needle"), () -> true);
        passages.of(message(), Map.of());
        assertThat(passages.areEnough()).isFalse();
        passages.of(message(), Map.of("f", "a word"));
        assertThat(passages.areEnough()).isTrue();
    }

    private static SearchPage.Range range(String text, String word) {
        int from = text.codePointCount(0, text.indexOf(word));
        return new SearchPage.Range(from, from + word.length());
    }

    private static Optional<SearchPage.Passage> passage(String query, Map<String, String> contents) {
        return new Passages(wanted(query), () -> false).of(message(), contents);
    }

    private static Wanted wanted(String query) {
        return SearchRequest.of(new Fields(JsonMapper.shared().createObjectNode().put("q", query))).wanted();
    }

    private static Message message() {
        return new Message(1, new User("bob", "bob"), Instant.EPOCH, "hello", "k", 0, false, List.of(), false, Optional.empty(), false,
                false, List.of(), Optional.empty(), List.of(new AttachedFile("f", "a.pdf", "application/pdf", 7, 0, 0, false)));
    }
}
