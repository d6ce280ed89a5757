package parley.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.journal.Leaving;
import parley.journal.Rewritten;
import parley.sql.Statements;
import parley.sql.Tables;
import parley.verify.Leaf;
import parley.verify.Link;
import parley.verify.Opening;
import parley.verify.StoredEvent;
import parley.verify.Verify;

/** What the verifier finds, and what it does not mind. Room a has 600 events in three segments, without 10; room b has 3. */
class EvidenceTest {

    private static final int EVENTS = 600;
    private static final long GAP = 10;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final Tables tables = new Tables(url);
    private String output;
    @TempDir
    private Path folder;

    @BeforeEach
    void twoRoomsThatAreSealed() {
        tables.execute("create table lease (task varchar(50), node varchar(255), ends_at bigint)",
                "create table room (id varchar(64), head bigint)",
                "create table room_event (room varchar(64), log_offset bigint, type varchar(32), actor varchar(255), "
                        + "frame varchar(100000), happened_at bigint, primary key (room, log_offset))");
        tables.migrate("V55__evidence.sql");
        tables.execute("insert into room values ('a', " + EVENTS + ")", "insert into room values ('b', 3)");
        for (String room : List.of("a", "b")) {
            for (long offset = 1; offset <= (room.equals("a") ? EVENTS : 3); offset++) {
                if (offset != GAP) {
                    post(room, offset);
                }
            }
            tables.run(running -> ChainRows.begin(room, running.em()));
        }
        seal();
        root();
    }

    private void post(String room, long offset) {
        tables.execute("insert into room_event values ('" + room + "', " + offset + ", 'message.posted', 'alice', '{\"type\":"
                + "\"message.posted\",\"room\":\"" + room + "\",\"offset\":" + offset + ",\"at\":\"1970-01-01T00:00:00.005Z\",\"by\":"
                + "{\"id\":\"alice\",\"name\":\"Alice\"},\"text\":\"I owe you " + offset + " €\"}', 5)");
    }

    private void seal() {
        tables.run(running -> {
            List<String> left = ChainRows.behind("", SealCommit.ROOMS, running.em());
            while (!left.isEmpty()) {
                left = new SealCommit(running.em()).seal(left).left();
            }
        });
    }

    private void root() {
        tables.run(running -> new Roots(running.em()).make(Instant.now(), Duration.ZERO));
    }

    private String keyInUse() {
        List<SigningKey> keys = new ArrayList<>();
        tables.run(running -> keys.addAll(RootRows.keys(running.em())));
        return keys.getFirst().publicKey();
    }

    private Path publishedRoots() throws IOException {
        List<String> roots = new ArrayList<>();
        tables.run(running -> RootRows.after(0, 100, running.em()).forEach(root -> roots.add("INFO: Evidence root: " + root.text())));
        return Files.write(folder.resolve("server.log"), roots);
    }

    /** The journal changes these events of room a, and says so. */
    private void rewrite(Optional<Leaving.Reason> reason, String change, Long... offsets) {
        tables.run(running -> {
            for (Long offset : offsets) {
                running.execute(change + " where room = 'a' and log_offset = " + offset);
            }
            new Recording().rewritten(new Rewritten("a", reason, Optional.empty(), List.of(offsets)), running.em());
        });
    }

    private List<String> verify(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--database", url));
        arguments.addAll(List.of(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Verify.run(arguments.toArray(String[]::new), Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        output = out.toString(StandardCharsets.UTF_8);
        List<String> found = output.lines().filter(line -> line.startsWith("room ") || line.startsWith("root ")).toList();
        assertThat(code).as(output).isEqualTo(found.isEmpty() ? 0 : 1);
        return found;
    }

    @Test
    void findsNothingInWhatTheJournalWrote() throws Exception {
        assertThat(verify("--key", keyInUse(), "--roots", publishedRoots().toString())).isEmpty();
        assertThat(output).contains("602 events of 2 rooms checked", "1 roots checked, 1 of them compared", "Everything fits");
        post("b", 4);
        assertThat(verify()).isEmpty();
        assertThat(output).contains("1 newer events are not sealed");
    }

    @Test
    void doesNotMindWhatTheJournalRecorded() {
        rewrite(Optional.of(Leaving.Reason.DELETED), "update room_event set frame = 'deleted'", 300L, 7L, 300L, 599L);
        assertThat(verify()).isEmpty();
        rewrite(Optional.empty(), "update room_event set frame = 'restored'", 300L);
        root();
        assertThat(verify()).isEmpty();
        rewrite(Optional.of(Leaving.Reason.EXPIRED), "delete from room_event", 1L, 2L, 256L, 257L, 300L);
        assertThat(verify()).isEmpty();
    }

    @Test
    void anErasedTextThatIsPutBackIsFound() {
        String original = "(select replace(frame, '\"offset\":299', '\"offset\":300') from room_event where room = 'a' and "
                + "log_offset = 299)";
        rewrite(Optional.of(Leaving.Reason.ERASED), "update room_event set frame = 'erased'", 300L);
        tables.execute("update room_event set frame = replace(" + original + ", ' 299 ', ' 300 ') where room = 'a' and log_offset = 300");
        assertThat(verify()).containsExactly("room a, offset 300: was changed, in more than one byte, after the change that link 4 records "
                + "(erased)");
    }

    /** Short texts could be tried one after the other. */
    @Test
    void anErasedTextCanNotBeRecognized() {
        StoredEvent[] original = new StoredEvent[1];
        tables.run(running -> original[0] = ChainRows.events("b", 1, 2, running.em()).getFirst());
        assertThat(isRecognized(original[0])).isTrue();
        tables.run(running -> {
            running.execute("update room_event set frame = 'erased' where room = 'b' and log_offset = 2");
            new Recording().rewritten(new Rewritten("b", Optional.of(Leaving.Reason.ERASED), Optional.empty(), List.of(2L)), running.em());
        });
        assertThat(isRecognized(original[0])).isFalse();
        assertThat(verify()).isEmpty();
    }

    private boolean isRecognized(StoredEvent event) {
        boolean[] recognized = new boolean[1];
        tables.run(running -> {
            byte[] openings = ChainRows.segment("b", 2, running.em()).orElseThrow().openings();
            byte[] leaves = Statements.query(running.em(), row -> row.getBytes(1),
                    "select leaves from evidence_link where room = 'b' and link_number = 1").getFirst();
            recognized[0] = Arrays.equals(Leaf.of(event, Arrays.copyOfRange(openings, Opening.BYTES, 2 * Opening.BYTES)),
                    Arrays.copyOfRange(leaves, Leaf.BYTES, 2 * Leaf.BYTES));
        });
        return recognized[0];
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            update room_event set frame = replace(frame, '300 €', '900 €') where room = 'a' and log_offset = 300 \
            | room a, offset 300: was changed: byte 134 of the frame was 0x33 (3) and is 0x39 (9)
            update room_event set frame = replace(frame, 'Alice', 'Bob') where room = 'a' and log_offset = 300 \
            | room a, offset 300: was changed, in more than one byte
            update room_event set actor = 'bob' where room = 'b' and log_offset = 3 \
            | room b, offset 3: was changed: the column actor
            update room_event set happened_at = 6 where room = 'b' and log_offset = 3 \
            | room b, offset 3: was changed: the column happened_at
            update room_event set type = 'message.edited' where room = 'b' and log_offset = 3 \
            | room b, offset 3: was changed: the column type
            delete from room_event where room = 'a' and log_offset = 600 | room a, offset 600: the row was removed
            insert into room_event values ('a', 10, 'message.posted', 'alice', '{}', 5) | room a, offset 10: the row was added
            update evidence_link set leaves = substring(leaves, 33) where room = 'a' and link_number = 2 \
            | room a, offset 257: link 2 (events 257 to 512) does not fit the chain
            update evidence_room set sealed = 512, link_number = 2 where room = 'a' \
            | room a: the chain ends with link 3 at offset 600, but should end with link 2 at offset 512
            delete from evidence_head where room = 'b' | root 1: the chains of its rooms are not those that it has signed
            update evidence_root set line = replace(line, 'root-1 1 ', 'root-1 2 ') | root 1 is missing
            update evidence_root set signature = concat('A', substring(signature, 2)) \
            | root 1 is not signed by a key that is trusted or endorsed
            """)
    void namesWhatWasChanged(String change, String finding) {
        tables.execute(change);
        assertThat(verify()).first().isEqualTo(finding);
    }

    @Test
    void aMissingSegmentIsNamedWithItsEvents() {
        tables.execute("delete from evidence_link where room = 'a' and link_number = 2");
        assertThat(verify()).containsExactly("room a: link 2 is missing before events 513 to 600",
                "room a, offset 257: has no evidence, nor have the events up to 512");
        tables.execute("delete from evidence_link where room = 'a'");
        assertThat(verify()).containsExactly(
                "room a: the chain ends with link 0 at offset 0, but should end with link 3 at offset 600",
                "room a: link 3 is missing, which a root has signed");
    }

    @Test
    void exchangedSegmentsAreFound() {
        tables.execute("update evidence_link set link_number = 9 where room = 'a' and link_number = 1",
                "update evidence_link set link_number = 1 where room = 'a' and link_number = 2",
                "update evidence_link set link_number = 2 where room = 'a' and link_number = 9");
        assertThat(verify()).startsWith("room a, offset 257: link 1 (events 257 to 512) does not fit the chain");
    }

    @Test
    void aRemovalWithoutItsRecordIsFound() {
        rewrite(Optional.of(Leaving.Reason.DELETED), "update room_event set frame = 'deleted'", 300L);
        rewrite(Optional.of(Leaving.Reason.DELETED), "update room_event set frame = 'deleted'", 301L);
        tables.execute("delete from evidence_link where room = 'a' and link_number = 4");
        assertThat(verify()).containsExactly("room a, offset 300: was changed, in more than one byte",
                "room a: link 4 is missing before a change of event 301");
        tables.execute("delete from evidence_link where room = 'a' and link_number = 5");
        assertThat(verify()).hasSize(3).contains(
                "room a: the chain ends with link 3 at offset 600, but should end with link 5 at offset 600");
    }

    @Test
    void aRecordThatNamesAWrongCauseIsFound() {
        rewrite(Optional.of(Leaving.Reason.DELETED), "update room_event set frame = 'deleted'", 300L);
        tables.execute("update evidence_link set cause_offset = 601 where room = 'a' and link_number = 4");
        assertThat(verify()).contains("room a, offset 601: is said to have caused a change, but is not in the log");
    }

    /** Someone who can write every table, but has no key of a root that is known elsewhere. */
    @Test
    void evidenceThatWasMadeAgainDoesNotFitPublishedRoots() throws Exception {
        String key = keyInUse();
        Path roots = publishedRoots();
        tables.execute("update room_event set frame = 'forged' where room = 'a' and log_offset = 300", "delete from evidence_link",
                "delete from evidence_head", "delete from evidence_root", "update evidence_room set link_number = 0, sealed = 0, chain = '"
                + Link.START + "'");
        seal();
        assertThat(verify()).isEmpty();
        assertThat(verify("--key", key, "--roots", roots.toString())).containsExactly("root 1 was published, but is not in the database");
        root();
        assertThat(verify("--key", key, "--roots", roots.toString())).containsExactly("root 1 is not the one that was published");
        tables.execute("delete from evidence_root", "delete from evidence_head", "delete from evidence_key");
        root();
        assertThat(verify("--key", key, "--roots", roots.toString())).containsExactly(
                "root 1 is not signed by a key that is trusted or endorsed", "root 1 is not the one that was published");
    }

    @Test
    void aRootNamesTheRoomWhoseChainWasMadeAgain() {
        tables.execute("delete from evidence_link where room = 'b'",
                "update evidence_room set link_number = 0, sealed = 0, chain = '" + Link.START + "' where room = 'b'");
        seal();
        assertThat(verify()).containsExactly("room b, offset 1: link 1 (events 1 to 3) or an earlier one is not what a root has signed");
    }

    @Test
    void aNewKeyIsEndorsedByTheOneBefore() {
        String first = keyInUse();
        tables.run(running -> new Roots(running.em()).changeKey(Instant.now()));
        root();
        assertThat(keyInUse()).isNotEqualTo(first);
        assertThat(verify("--key", first)).isEmpty();
        tables.execute("update evidence_key set endorsement = null");
        assertThat(verify("--key", first)).containsExactly("root 2 is not signed by a key that is trusted or endorsed");
    }

    @Test
    void rootsAreMadeWhenTheyAreDue() {
        List<Optional<PublishedRoot>> made = new ArrayList<>();
        Instant now = Instant.now();
        tables.run(running -> {
            Roots roots = new Roots(running.em());
            made.add(roots.make(now, Duration.ofHours(1)));
            made.add(roots.make(now.plusSeconds(3_700), Duration.ofHours(1)));
        });
        assertThat(made.getFirst()).isEmpty();
        assertThat(made.getLast().orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void removalsGoOnWhenEvidenceWasDamaged() {
        tables.execute("delete from evidence_link where room = 'a' and link_number = 2");
        rewrite(Optional.of(Leaving.Reason.DELETED), "update room_event set frame = 'deleted'", 300L, 513L);
        assertThat(verify()).contains("room a: link 2 is missing before events 513 to 600").noneMatch(line -> line.contains("offset 513"));
    }

    @Test
    void sealingLeavesOutARoomThatARemovalHasLocked() {
        tables.execute("update room set head = 601 where id = 'a'", "update room set head = 4 where id = 'b'");
        post("a", 601);
        post("b", 4);
        try (Tables.Running removal = tables.begin()) {
            ChainRows.lock("a", removal.em());
            List<String> left = new ArrayList<>();
            tables.run(running -> left.addAll(new SealCommit(running.em()).seal(List.of("a", "b")).left()));
            assertThat(left).containsExactly("a");
        }
        seal();
        assertThat(verify()).isEmpty();
        assertThat(output).contains("604 events");
    }
}
