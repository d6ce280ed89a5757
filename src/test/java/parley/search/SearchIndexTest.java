package parley.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.LockObtainFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.message.MessagePlace;
import parley.protocol.AttachedFile;
import parley.protocol.Fields;
import parley.protocol.Message;
import parley.protocol.Position;
import parley.protocol.User;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the index finds, keeps and forgets. */
class SearchIndexTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = START.plusSeconds(1_000_000);
    private static final Position END = new Position("e", 100);

    @TempDir
    private Path directory;
    private SearchIndex index;

    @BeforeEach
    void open() throws IOException {
        index = SearchIndex.open(directory, true);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    static Stream<SearchCases.Case> cases() {
        return SearchCases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWordsInAllTheirForms(SearchCases.Case searched) throws IOException {
        add("room", 1, "alice", searched.text());
        assertThat(offsets("q", searched.query())).isEqualTo(searched.found() ? List.of(1L) : List.of());
        Wanted wanted = request("q", searched.query()).wanted();
        assertThat(new Highlights(Queries.ofText(wanted)).of(message(1, "alice", searched.text())))
                .isEqualTo(searched.found() ? Optional.of(searched.highlights()) : Optional.empty());
    }

    @Test
    void highlightsNothingInAMessageThatIsFoundByTheNameOfItsFile() {
        Wanted wanted = request("q", "bericht").wanted();
        assertThat(new Highlights(Queries.ofText(wanted)).of(carrying(1, "Umsatzbericht.pdf"))).contains(List.of());
    }

    @Test
    void theTableIsLarge() {
        assertThat(SearchCases.all()).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void findsNothingInOtherRooms() throws IOException {
        add("room", 1, "alice", "secret");
        add("other", 2, "alice", "secret");
        assertThat(found(request("q", "secret"), List.of("other"))).extracting(Places.Place::message)
                .containsExactly(new MessagePlace("other", 2));
        assertThat(found(request("q", "secret"), List.of())).isEmpty();
        assertThat(found(request("q", "-public"), List.of("nowhere"))).isEmpty();
    }

    @Test
    void filtersByAuthorTimeAndWhatAMessageHas() throws IOException {
        add("room", 1, "alice", "see https://example.com");
        add("room", 2, "bob", "see there");
        index.replace("room", new Message(3, new User("a/b", "A"), at(3), "see here", "k", 0, false, List.of(), false, Optional.empty(),
                false, true, List.of(), Optional.empty()), List.of());
        assertThat(offsets("q", "see from:bob")).containsExactly(2L);
        assertThat(offsets("q", "see", "by", "a/b")).containsExactly(3L);
        assertThat(offsets("q", "from:bob", "by", "alice")).containsExactly(1L);
        assertThat(offsets("q", "has:link")).containsExactly(1L);
        assertThat(offsets("q", "see has:pin")).containsExactly(3L);
        assertThat(offsets("has", "file")).isEmpty();
        index.replace("elsewhere", carrying(9, "Umsatzbericht 2026.pdf"), List.of());
        assertThat(found(request("q", "bericht", "has", "file"), List.of("elsewhere"))).hasSize(1);
        assertThat(offsets("has", "link,pin")).isEmpty();
        assertThat(offsets("before", at(3).toString())).containsExactly(2L, 1L);
        assertThat(offsets("after", at(2).toString(), "before", at(3).toString())).containsExactly(2L);
        assertThat(offsets("q", "after:2026-01-02")).isEmpty();
        assertThat(offsets("q", "before:2026-01-02 see", "sort", "time")).containsExactly(3L, 2L, 1L);
    }

    @Test
    void theBestMatchComesFirstAndTheNewestOfEqualOnes() throws IOException {
        add("room", 1, "alice", "one plan among many other words in a long message that says next to nothing");
        add("room", 2, "alice", "plan plan");
        add("room", 3, "alice", "plan plan");
        assertThat(offsets("q", "plan")).containsExactly(3L, 2L, 1L);
        assertThat(offsets("q", "plan", "sort", "time")).containsExactly(3L, 2L, 1L);
        add("room", 4, "alice", "one plan among many other words in a long message that says next to nothing");
        assertThat(offsets("q", "plan")).containsExactly(3L, 2L, 4L, 1L);
        assertThat(offsets("q", "plan", "sort", "time")).containsExactly(4L, 3L, 2L, 1L);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void pagesFollowEachOtherThoughTheIndexChanges(String order) throws IOException {
        for (int i = 1; i <= 50; i++) {
            add("room", i, "alice", "page " + "word ".repeat(i % 7));
        }
        List<Long> all = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        SearchRequest request = order.isEmpty() ? request("q", "page") : request("q", "page", "sort", order);
        for (int page = 0; page < 10; page++) {
            List<Places.Place> found = page(request, List.of("room"), cursor, 5);
            found.forEach(place -> all.add(place.message().offset()));
            cursor = Cursor.of(found.getLast().cursor().text(), request.byTime());
            assertThat(cursor).contains(found.getLast().cursor());
            index.commit();
        }
        assertThat(all).doesNotHaveDuplicates().hasSize(50);
        assertThat(page(request, List.of("room"), cursor, 5)).isEmpty();
    }

    static Stream<String> orders() {
        return Stream.of("", "time");
    }

    @Test
    void ofVeryManyMessagesTheNewestAreRanked() throws IOException {
        int most = Places.MOST_RANKED + 5_000;
        for (int i = 1; i <= most; i++) {
            index.add("room", message(i, "alice", i == 1 || i == most - 10 ? "word word" : "word other " + i % 7), List.of());
        }
        index.purge();
        assertThat(offsets("q", "word").getFirst()).isEqualTo(most - 10);
        assertThat(offsets("q", "word")).doesNotContain(1L);
        assertThat(offsets("q", "word -other")).containsExactly((long) most - 10, 1L);
    }

    @Test
    void anEditedMessageIsFoundByItsNewText() throws IOException {
        add("room", 1, "alice", "before");
        index.replace("room", message(1, "alice", "afterwards"), List.of());
        assertThat(offsets("q", "before")).isEmpty();
        assertThat(offsets("q", "afterwards")).containsExactly(1L);
    }

    @Test
    void theWordsOfRemovedMessagesLeaveTheFiles() throws IOException {
        for (int i = 1; i <= 200; i++) {
            add("room", i, "alice", "common words " + i);
        }
        add("room", 201, "alice", "deletedsecret");
        add("old", 1, "alice", "forgottensecret");
        add("old", 9, "alice", "youngerword");
        add("closed", 1, "alice", "closedsecret");
        index.commit();
        assertThat(filesContain("deletedsecret")).isTrue();
        index.remove(new MessagePlace("room", 201));
        assertThat(index.holdsBefore("old", 9)).isTrue();
        index.removeBefore("old", 9);
        assertThat(index.holdsBefore("old", 9)).isFalse();
        index.removeRoom("closed");
        index.purge();
        assertThat(index.messages()).isEqualTo(201);
        for (String gone : List.of("deletedsecret", "forgottensecret", "closedsecret")) {
            assertThat(filesContain(gone)).as(gone).isFalse();
        }
        assertThat(filesContain("youngerword")).isTrue();
    }

    @Test
    void messagesAndPositionsSurviveTogether() throws IOException {
        add("room", 1, "alice", "kept");
        index.moved("room", END);
        index.close();
        open();
        assertThat(index.positions()).isEqualTo(Map.of("room", END));
        add("room", 2, "alice", "lost");
        index.moved("room", new Position("e", 101));
        index.abandon();
        open();
        assertThat(index.positions()).isEqualTo(Map.of("room", END));
        assertThat(offsets("q", "kept")).containsExactly(1L);
        assertThat(offsets("q", "lost")).isEmpty();
    }

    @Test
    void aDirectoryHasOneIndexAtATime() throws IOException {
        assertThatThrownBy(() -> SearchIndex.open(directory, true)).isInstanceOf(LockObtainFailedException.class);
        index.close();
        open();
    }

    @Test
    void aDamagedIndexIsBuiltAgain() throws IOException {
        add("room", 1, "alice", "word");
        index.moved("room", END);
        index.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("segments")).toList()) {
                Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
        open();
        assertThat(index.positions()).isEmpty();
        assertThat(offsets("q", "word")).isEmpty();
        add("room", 1, "alice", "word");
        assertThat(offsets("q", "word")).containsExactly(1L);
    }

    @Test
    void aSearchThatTakesTooLongEnds() throws IOException {
        for (int i = 1; i <= 5_000; i++) {
            index.add("room", message(i, "alice", "word " + i), List.of());
        }
        index.refresh();
        IndexSearcher searcher = index.acquire();
        try {
            Places places = new Places(searcher, request("q", "word"), List.of("room"), NOW.toEpochMilli(), System.nanoTime());
            places.after(Optional.empty(), 10);
            assertThat(places.timedOut()).isTrue();
            assertThat(places.total()).isEmpty();
        } finally {
            index.release(searcher);
        }
    }

    @Test
    void textsOfFilesAreFoundAfterTextsOfMessages() throws IOException {
        index.add("room", message(1, "alice", "the budget"), List.of());
        index.add("room", carrying(2, "a.pdf"), List.of("a budget of the year", "Kaufverträge"));
        index.add("room", carrying(3, "b.pdf"), List.of());
        assertThat(offsets("q", "budget")).containsExactly(1L, 2L);
        assertThat(offsets("q", "vertrag")).containsExactly(2L);
        assertThat(offsets("q", "pdf budget")).as("the name and the text").containsExactly(2L);
        assertThat(offsets("q", "budg*")).containsExactly(1L, 2L);
        assertThat(offsets("q", "budget -year")).containsExactly(1L);
        assertThat(offsets("q", "\"year kaufverträge\"")).as("a phrase in two files").isEmpty();
        index.replace("room", carrying(2, "a.pdf"), List.of());
        assertThat(offsets("q", "budget")).containsExactly(1L);
    }

    @Test
    void anIndexWithoutTextsOfFilesIsBuiltAgain() throws IOException {
        index.add("room", carrying(1, "a.pdf"), List.of("contentsecret"));
        index.moved("room", END);
        index.contentsMoved(7);
        index.close();
        open();
        assertThat(index.contents()).hasValue(7);
        index.close();
        index = SearchIndex.open(directory, false);
        assertThat(index.positions()).isEmpty();
        assertThat(index.contents()).isEmpty();
        index.commit();
        assertThat(filesContain("contentsecret")).isFalse();
    }

    private boolean filesContain(String word) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void add(String room, long offset, String by, String text) throws IOException {
        index.add(room, message(offset, by, text), List.of());
    }

    private static Message carrying(long offset, String name) {
        return new Message(offset, new User("bob", "bob"), at(offset), "", "k", 0, false, List.of(), false, Optional.empty(), false, false,
                List.of(), Optional.empty(), List.of(new AttachedFile("f", name, "application/pdf", 7, 0, 0, false)));
    }

    private static Message message(long offset, String by, String text) {
        return new Message(offset, new User(by, by), at(offset), text, "k", 0, false, List.of(), false, Optional.empty(), false, false,
                List.of(), Optional.empty());
    }

    private static Instant at(long offset) {
        return START.plusSeconds(offset);
    }

    private List<Long> offsets(String... parameters) throws IOException {
        return found(request(parameters), List.of("room")).stream().map(place -> place.message().offset()).toList();
    }

    private List<Places.Place> found(SearchRequest request, List<String> rooms) throws IOException {
        return page(request, rooms, Optional.empty(), 20);
    }

    private List<Places.Place> page(SearchRequest request, List<String> rooms, Optional<Cursor> cursor, int most) throws IOException {
        index.refresh();
        IndexSearcher searcher = index.acquire();
        try {
            return new Places(searcher, request, rooms, NOW.toEpochMilli(), System.nanoTime() + 5_000_000_000L).after(cursor, most);
        } finally {
            index.release(searcher);
        }
    }

    private static SearchRequest request(String... parameters) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < parameters.length; i += 2) {
            json.put(parameters[i], parameters[i + 1]);
        }
        Fields fields = new Fields(json);
        SearchRequest request = SearchRequest.of(fields);
        assertThat(fields.problem()).isEmpty();
        return request;
    }
}
