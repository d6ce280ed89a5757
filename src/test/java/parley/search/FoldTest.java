package parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.journal.Committed;
import parley.message.MessagePlace;
import parley.protocol.Fields;
import parley.protocol.Retention;
import tools.jackson.databind.json.JsonMapper;

/** The index follows the logs, whatever arrives of them. */
class FoldTest {

    private static final List<String> ROOMS = List.of("room", "room0", "room1", "room2", "room3", "forgetful", "closed", "set-back",
            "dropped", "empty");

    @TempDir
    private Path directory;
    private final FakeLogs logs = new FakeLogs();
    private final Pending pending = new Pending();
    private SearchIndex index;
    private Fold fold;

    @BeforeEach
    void open() throws IOException {
        index = SearchIndex.open(directory, true);
        fold = new Fold(index, logs);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void isBehindUntilItHasComparedAndReadAllLogs() throws IOException {
        for (int i = 0; i < Fold.STEP + 5; i++) {
            logs.post("room", "word");
        }
        assertThat(fold.isBehind()).isTrue();
        fold.compare();
        assertThat(fold.isBehind()).isTrue();
        fold.catchUp(steps(1));
        assertThat(index.positions().get("room").offset()).isEqualTo(Fold.STEP);
        assertThat(fold.isBehind()).isTrue();
        fold.catchUp(() -> true);
        assertThat(fold.isBehind()).isFalse();
        assertThat(index.messages()).isEqualTo(Fold.STEP + 5);
    }

    @Test
    void takesWhatFollowsWithoutReadingLogs() throws IOException {
        fold.compare();
        pending.add(logs.post("room", "one"));
        pending.add(logs.post("room", "two"));
        fold.take(pending.take().rooms());
        pending.add(logs.post("room", "three"));
        pending.add(logs.edit("room", 1, "first"));
        pending.add(logs.delete("room", 2));
        fold.take(pending.take().rooms());
        assertThat(fold.isBehind()).isFalse();
        assertThat(logs.reads()).isZero();
        assertThat(found()).isEqualTo(logs.texts());
    }

    @Test
    void readsTheLogWhereSomethingIsMissing() throws IOException {
        fold.compare();
        pending.add(logs.post("room", "one"));
        logs.post("room", "missed");
        pending.add(logs.post("room", "three"));
        fold.take(pending.take().rooms());
        assertThat(fold.roomsBehind()).isEqualTo(1);
        fold.catchUp(() -> true);
        assertThat(found()).isEqualTo(logs.texts());
    }

    @Test
    void batchesThatComeTwiceOrLateAddNothing() throws IOException {
        fold.compare();
        Committed.RoomBatch first = logs.post("room", "one");
        Committed.RoomBatch second = logs.post("room", "two");
        List.of(first, second, first).forEach(pending::add);
        settle();
        pending.add(first);
        settle();
        assertThat(index.messages()).isEqualTo(2);
        assertThat(found()).isEqualTo(logs.texts());
    }

    @Test
    void aRoomThatStoresNothingIsNotSearchedAndNotRead() throws IOException {
        fold.compare();
        pending.add(logs.post("room", "kept"));
        pending.add(logs.keep("room", Retention.NONE));
        settle();
        int reads = logs.reads();
        pending.add(logs.post("room", "fleeting"));
        settle();
        assertThat(found()).isEqualTo(logs.texts()).hasSize(1);
        assertThat(logs.reads()).isEqualTo(reads);
        pending.add(logs.keep("room", Retention.FOREVER));
        pending.add(logs.post("room", "again"));
        settle();
        assertThat(found()).isEqualTo(logs.texts()).hasSize(2);
    }

    @Test
    void retentionClosingAndNewEpochsReachTheIndex() throws IOException {
        for (String room : List.of("forgetful", "closed", "set-back", "dropped", "empty")) {
            for (int i = 0; i < 5; i++) {
                pending.add(logs.post(room, room));
            }
        }
        fold.compare();
        settle();
        logs.keep("forgetful", new Retention(1));
        logs.forget("forgetful", 3);
        logs.keep("empty", new Retention(1));
        logs.forget("empty", 6);
        logs.close("closed");
        logs.setBack("set-back", 2);
        logs.post("set-back", "another history");
        logs.drop("dropped");
        fold.compare();
        fold.catchUp(() -> true);
        fold.forget();
        assertThat(found()).isEqualTo(logs.texts()).hasSize(3 + 3);
        assertThat(index.positions()).containsOnlyKeys("forgetful", "set-back", "empty");
        fold.forget();
        assertThat(found()).isEqualTo(logs.texts());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, Fold.STEP + 5})
    void readsALogAgainThatWasRewritten(int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            logs.post("room", "about alice " + i);
        }
        pending.add(logs.post("room0", "one"));
        fold.compare();
        settle();
        pending.add(logs.rewrite("room", 2, "about nobody"));
        logs.post("room", "afterwards");
        fold.compare();
        settle();
        assertThat(fold.isBehind()).isFalse();
        assertThat(found()).isEqualTo(logs.texts()).hasSize(messages + 2);
        int reads = logs.reads();
        pending.add(logs.post("room", "later"));
        settle();
        assertThat(logs.reads()).as("once").isEqualTo(reads);
        assertThat(found()).isEqualTo(logs.texts());
    }

    @Test
    void goesOnAfterARestart() throws IOException {
        pending.add(logs.post("room", "one"));
        fold.compare();
        settle();
        index.close();
        logs.post("room", "two");
        logs.edit("room", 1, "changed");
        open();
        int reads = logs.reads();
        fold.compare();
        fold.catchUp(() -> true);
        assertThat(logs.reads()).isEqualTo(reads + 1);
        assertThat(found()).isEqualTo(logs.texts());
    }

    @Test
    void aTextOfAFileIsFoundWhetherItComesBeforeOrAfterTheMessage() throws IOException {
        fold.takeContents(() -> true);
        fold.compare();
        pending.add(logs.post("room", "one"));
        settle();
        logs.content("room", 1, "afterwards");
        assertThat(contentFinds("afterwards")).isEmpty();
        fold.takeContents(() -> true);
        assertThat(contentFinds("afterwards")).containsExactly(1L);

        Committed.RoomBatch second = logs.post("room", "two");
        logs.content("room", 2, "before");
        fold.takeContents(() -> true);
        assertThat(contentFinds("before")).isEmpty();
        pending.add(second);
        settle();
        assertThat(contentFinds("before")).containsExactly(2L);
        pending.add(logs.edit("room", 1, "edited"));
        settle();
        assertThat(contentFinds("afterwards")).containsExactly(1L);
        pending.add(logs.delete("room", 1));
        settle();
        assertThat(contentFinds("afterwards")).isEmpty();
        assertThat(index.messages()).isEqualTo(1);
    }

    @Test
    void findsDocumentsAsTheyAreNow() throws IOException {
        fold.takeDocuments(() -> true);
        fold.compare();
        pending.add(logs.document("room", "d", "Plan", "first"));
        settle();
        assertThat(documents("first")).containsExactly("d");
        logs.give("d", "second");
        fold.takeDocuments(() -> true);
        assertThat(documents("first")).isEmpty();
        assertThat(documents("second")).containsExactly("d");
        assertThat(places("second")).as("no message").isEmpty();
        pending.add(logs.document("room", "d", "Minutes", "second"));
        settle();
        assertThat(documents("plan")).isEmpty();
        assertThat(documents("minutes")).containsExactly("d");
        pending.add(logs.deleteDocument("room", "d"));
        settle();
        assertThat(documents("second")).isEmpty();
        assertThat(index.messages()).isZero();
    }

    @Test
    void aNewIndexReadsDocumentsWithTheLogsAndAClosedRoomTakesThemAlong() throws IOException {
        for (int i = 0; i < 25; i++) {
            logs.document("room", "d" + i, "Plan", "word");
        }
        fold.takeDocuments(() -> true);
        fold.compare();
        fold.catchUp(() -> true);
        assertThat(documents("word")).hasSize(25);
        index.close();
        logs.give("d7", "new");
        open();
        fold.takeDocuments(() -> false);
        assertThat(fold.isBehind()).isTrue();
        fold.takeDocuments(() -> true);
        assertThat(documents("new")).containsExactly("d7");
        fold.compare();
        pending.add(logs.close("room"));
        settle();
        assertThat(documents("word")).isEmpty();
        assertThat(index.messages()).isZero();
    }

    private List<String> documents(String word) throws IOException {
        index.refresh();
        IndexSearcher searcher = index.acquire();
        try {
            Wanted wanted = SearchRequest.of(new Fields(JsonMapper.shared().createObjectNode().put("q", word))).wanted();
            List<String> found = new ArrayList<>();
            for (ScoreDoc one : searcher.search(IndexedDocument.query(wanted, ROOMS), 100).scoreDocs) {
                found.add(IndexedDocument.id(searcher.storedFields().document(one.doc)));
            }
            return found;
        } finally {
            index.release(searcher);
        }
    }

    private List<MessagePlace> places(String word) throws IOException {
        IndexSearcher searcher = index.acquire();
        try {
            return places(searcher, "q", word);
        } finally {
            index.release(searcher);
        }
    }

    @Test
    void isBehindWhileTextsOfFilesWait() throws IOException {
        fold.takeContents(() -> true);
        fold.compare();
        pending.add(logs.post("room", "one"));
        settle();
        logs.content("room", 1, "word");
        fold.takeContents(() -> false);
        assertThat(fold.isBehind()).isTrue();
        fold.takeContents(() -> true);
        assertThat(fold.isBehind()).isFalse();
    }

    @Test
    void aNewIndexReadsTextsWithTheLogsAndALaterOneGoesOn() throws IOException {
        logs.post("room", "one");
        logs.content("room", 1, "old");
        fold.takeContents(() -> true);
        fold.compare();
        fold.catchUp(() -> true);
        assertThat(contentFinds("old")).containsExactly(1L);
        index.close();
        logs.content("room", 1, "new");
        open();
        fold.compare();
        fold.takeContents(() -> true);
        assertThat(contentFinds("new")).containsExactly(1L);
    }

    @Test
    void aDatabaseThatLostTextsIsReadFromTheFirstOne() throws IOException {
        logs.post("room", "one");
        logs.content("room", 1, "lost");
        logs.content("room", 1, "lost too");
        fold.takeContents(() -> true);
        fold.compare();
        fold.catchUp(() -> true);
        logs.setContentsBack(0);
        logs.content("room", 1, "again");
        fold.takeContents(() -> true);
        assertThat(contentFinds("again")).containsExactly(1L);
    }

    private List<Long> contentFinds(String word) throws IOException {
        index.refresh();
        IndexSearcher searcher = index.acquire();
        try {
            return places(searcher, "q", word).stream().map(MessagePlace::offset).toList();
        } finally {
            index.release(searcher);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsWhatTheLogsHoldAfterAnyHistory(long seed) throws IOException {
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            for (int i = random.nextInt(30); i > 0; i--) {
                String room = "room" + random.nextInt(4);
                Committed.RoomBatch batch = random(room, random);
                // Some news are lost, and some come twice.
                for (int times = List.of(0, 1, 1, 1, 1, 2).get(random.nextInt(6)); times > 0 && batch != null; times--) {
                    pending.add(batch);
                }
            }
            if (random.nextInt(4) == 0) {
                settle();
            }
            if (random.nextInt(10) == 0) {
                index.commit();
                index.abandon();
                open();
            }
        }
        settle();
        fold.compare();
        fold.catchUp(() -> true);
        fold.forget();
        assertThat(found()).isEqualTo(logs.texts());
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("search.histories", 8));
    }

    private Committed.RoomBatch random(String room, Random random) {
        List<Long> messages = logs.messages(room);
        long some = messages.isEmpty() ? 1 : messages.get(random.nextInt(messages.size()));
        return switch (random.nextInt(40)) {
            case 0 -> logs.keep(room, List.of(Retention.FOREVER, Retention.NONE, new Retention(7)).get(random.nextInt(3)));
            case 1 -> {
                logs.forget(room, some);
                yield logs.keep(room, new Retention(7));
            }
            case 2 -> {
                if (random.nextInt(5) == 0) {
                    logs.setBack(room, logs.head(room) - random.nextInt(1 + (int) logs.head(room)));
                }
                yield null;
            }
            case 3, 4, 5, 6 -> logs.delete(room, some);
            case 7, 8, 9, 10, 11, 12 -> logs.edit(room, some, "edited " + random.nextInt(1_000));
            case 13, 14 -> logs.pin(room, some);
            default -> logs.post(room, "posted " + random.nextInt(1_000));
        };
    }

    @Test
    void beyondItsBoundsPendingKnowsOnlyRooms() {
        String long1 = "x".repeat(4_000);
        for (int i = 0; i < Pending.MOST_CHARACTERS / 4_000 + 1; i++) {
            pending.add(logs.post("room", long1));
        }
        assertThat(pending.characters()).isLessThanOrEqualTo(Pending.MOST_CHARACTERS);
        Pending.All all = pending.take();
        assertThat(all.rooms().get("room").isInLog()).isTrue();
        assertThat(all.lost()).isFalse();
        IntStream.range(0, Pending.MOST_ROOMS).forEach(n -> pending.readLog("room" + n));
        assertThat(pending.take().lost()).isFalse();
        IntStream.range(0, Pending.MOST_ROOMS + 1).forEach(n -> pending.readLog("room" + n));
        assertThat(pending.take().lost()).isTrue();
    }

    private void settle() throws IOException {
        fold.take(pending.take().rooms());
        fold.catchUp(() -> true);
    }

    private static BooleanSupplier steps(int most) {
        int[] left = {2 * most};
        return () -> left[0]-- > 0;
    }

    // All messages that the index holds, with the text of the log if the message is found by it.
    private Map<MessagePlace, String> found() throws IOException {
        Map<MessagePlace, String> found = new HashMap<>();
        index.refresh();
        IndexSearcher searcher = index.acquire();
        try {
            for (MessagePlace place : places(searcher, "after", "1970-01-01")) {
                String text = logs.texts().getOrDefault(place, "");
                boolean isFound = !text.isEmpty() && places(searcher, "q", "\"" + text + "\"").contains(place);
                found.put(place, isFound ? text : "something else");
            }
            assertThat(searcher.getIndexReader().numDocs()).isEqualTo(found.size());
        } finally {
            index.release(searcher);
        }
        return found;
    }

    private static List<MessagePlace> places(IndexSearcher searcher, String parameter, String value) throws IOException {
        SearchRequest request = SearchRequest.of(new Fields(JsonMapper.shared().createObjectNode().put(parameter, value)));
        return new Places(searcher, request, ROOMS, 0, System.nanoTime() + 5_000_000_000L).after(Optional.empty(), 10_000).stream()
                .map(Places.Place::message).toList();
    }
}
