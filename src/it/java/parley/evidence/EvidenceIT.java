package parley.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.Tokens;
import parley.server.TestServer;
import parley.verify.Verify;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A change of a log behind the server's back is noticed; what people and administrators may do is not mistaken for one. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class EvidenceIT {

    private static final String PATH = "/api/administration/evidence";
    private static final Path CHECKER = Path.of(System.getProperty("basedir", ""), "src/test/python/verify_evidence.py").toAbsolutePath();
    private static final Http ADMINISTRATOR = Http.withToken(Tokens.of("administrator", "Administrator", "parley-admin"));

    private final Http alices = Http.of("alice");
    private final String room = alices.createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice");
    @TempDir
    private Path folder;

    private long post(String text) {
        return act(alice, "message.post", Map.of("key", UUID.randomUUID().toString(), "text", text));
    }

    private long act(ChatClient client, String type, Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("room", room);
        return client.asks(type, all).offset();
    }

    private static JsonNode publish() {
        return ADMINISTRATOR.post(PATH + "/roots", Map.of()).json(201);
    }

    /** What the verifier prints about the room, or about roots. */
    private List<String> verify(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--database", "jdbc:postgresql://localhost:" + TestServer.databasePort()
                + "/" + databaseName(), "--user", "postgres", "--room", room));
        arguments.addAll(List.of(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Verify.run(arguments.toArray(String[]::new), Map.of("PARLEY_PASSWORD", "postgres"),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        String output = out.toString(StandardCharsets.UTF_8);
        List<String> found = output.lines().filter(line -> line.startsWith("room ") || line.startsWith("root ")
                || line.startsWith("export, ")).toList();
        assertThat(code).as(output).isEqualTo(found.isEmpty() ? 0 : 1);
        return found;
    }

    private static String databaseName() {
        try (Connection database = TestServer.databaseConnection()) {
            return database.getCatalog();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Changes the database behind the server's back, and changes it back after the check. */
    private List<String> verifyAfter(String change, String changeBack) throws SQLException {
        execute(change);
        try {
            return verify();
        } finally {
            execute(changeBack);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection database = TestServer.databaseConnection(); Statement statement = database.createStatement()) {
            assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
        }
    }

    private String row(long offset) {
        return " where room = '" + room + "' and log_offset = " + offset;
    }

    @Test
    void onlyAdministratorsSeeEvidence() {
        assertThat(alices.get(PATH).problem()).isEqualTo("forbidden");
        assertThat(alices.get(PATH + "/roots").problem()).isEqualTo("forbidden");
        assertThat(alices.post(PATH + "/roots", Map.of()).problem()).isEqualTo("forbidden");
        assertThat(ADMINISTRATOR.get(PATH + "/roots?limit=1001").problem()).isEqualTo("bad_request");
        assertThat(ADMINISTRATOR.get(PATH + "/roots?after=-1").problem()).isEqualTo("bad_request");
    }

    @Test
    void namesRoomOffsetAndByteOfAChange() throws Exception {
        post("first");
        long offset = post("I owe you 10");
        publish();
        assertThat(verify()).isEmpty();
        assertThat(verifyAfter("update room_event set frame = replace(frame, 'you 10', 'you 90')" + row(offset),
                "update room_event set frame = replace(frame, 'you 90', 'you 10')" + row(offset)))
                .singleElement().asString().matches("room " + room + ", offset " + offset
                        + ": was changed: byte \\d+ of the frame was 0x31 \\(1\\) and is 0x39 \\(9\\)");
        assertThat(verifyAfter("update room_event set actor = 'bob'" + row(offset), "update room_event set actor = 'alice'" + row(offset)))
                .containsExactly("room " + room + ", offset " + offset + ": was changed: the column actor");
        execute("update room_event set frame = replace(frame, 'you 10', 'you 90')" + row(offset));
        assertThat(verifyInPython()).isEqualTo("1 offset " + offset + ": was changed");
        execute("update room_event set frame = replace(frame, 'you 90', 'you 10')" + row(offset));
        assertThat(verifyAfter("update room_event set log_offset = 999" + row(offset), "update room_event set log_offset = " + offset
                + row(999))).containsExactly("room " + room + ", offset " + offset + ": the row was removed");
        post("in another segment");
        publish();
        String hide = "update evidence_link set link_number = -link_number where abs(link_number) = 1 and room = '" + room + "'";
        assertThat(verifyAfter(hide, hide)).first().asString().startsWith("room " + room + ": link 1 is missing");
        assertThat(verify()).isEmpty();
    }

    @Test
    void doesNotMindWhatPeopleAndAdministratorsMayDo() throws Exception {
        List<Long> messages = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            messages.add(post("message " + i));
        }
        publish();
        act(alice, "message.edit", Map.of("message", messages.get(0), "text", "edited"));
        act(alice, "message.delete", Map.of("message", messages.get(0)));
        publish();
        act(alice, "message.delete", Map.of("message", messages.get(1)));
        String spammer = "spammer-" + UUID.randomUUID();
        try (ChatClient author = ChatClient.of(spammer).joins(room)) {
            act(author, "message.post", Map.of("key", "k", "text", "spam"));
        }
        publish();
        String removal = ADMINISTRATOR.post("/api/administration/removals", Map.of("user", spammer, "reason", "Spam", "rooms",
                List.of(room))).json(202).get("id").stringValue();
        awaitRemoval(removal, "removed");
        assertThat(verify()).isEmpty();
        ADMINISTRATOR.post("/api/administration/removals/" + removal + "/undo", Map.of()).json(202);
        awaitRemoval(removal, "restored");
        assertThat(ADMINISTRATOR.post("/api/administration/rooms/" + room + "/rebuild", Map.of()).status()).isEqualTo(200);
        assertThat(ADMINISTRATOR.post("/api/administration/rooms/" + room + "/epoch", Map.of()).status()).isEqualTo(200);
        publish();
        assertThat(verify()).isEmpty();
        assertThat(verifyInPython()).startsWith("0 ").contains("links");
        assertThat(changes()).containsExactly("deleted", "deleted", "deleted", "restored");
        // Without its record, the restored row does not fit.
        String hide = "update evidence_link set link_number = -link_number where kind = 'restored' and room = '" + room + "'";
        assertThat(verifyAfter(hide, hide))
                .isNotEmpty().allMatch(finding -> finding.startsWith("room " + room));
    }

    /** What another program says, which was written by the documentation alone. */
    private String verifyInPython() throws Exception {
        ObjectNode given = new JsonMapper().createObjectNode().put("room", room);
        try (Connection database = TestServer.databaseConnection(); Statement statement = database.createStatement()) {
            given.set("end", rows(statement, "select link_number, sealed, chain from evidence_room").get(0));
            given.set("events", rows(statement, "select log_offset, happened_at, type, actor, frame from room_event"));
            given.set("links", rows(statement, "select link_number, kind, first_offset, last_offset, cause_offset, linked_at, "
                    + "encode(offsets, 'hex') as offsets, encode(leaves, 'hex') as leaves, encode(openings, 'hex') as openings, chain "
                    + "from evidence_link"));
        }
        Path file = Files.writeString(folder.resolve("room.json"), given.toString());
        Path out = folder.resolve("python.txt");
        Process checker = new ProcessBuilder("python3", CHECKER.toString()).redirectInput(file.toFile()).redirectErrorStream(true)
                .redirectOutput(out.toFile()).start();
        assertThat(checker.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return checker.exitValue() + " " + Files.readString(out).strip();
    }

    private JsonNode rows(Statement statement, String select) throws SQLException {
        try (ResultSet row = statement.executeQuery("select json_agg(to_json(r)) from (" + select + " where room = '" + room
                + "' order by " + (select.contains("room_event") ? "log_offset" : "link_number") + ") r")) {
            assertThat(row.next()).isTrue();
            return Json.read(row.getString(1));
        }
    }

    private static void awaitRemoval(String id, String state) {
        await().atMost(Duration.ofSeconds(30)).until(() -> ADMINISTRATOR.get("/api/administration/removals/" + id).json(200).get("state")
                .stringValue(), state::equals);
    }

    private List<String> changes() throws SQLException {
        List<String> kinds = new ArrayList<>();
        try (Connection database = TestServer.databaseConnection(); Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("select kind from evidence_link where room = '" + room + "' and kind <> 'sealed' "
                        + "order by link_number")) {
            while (rows.next()) {
                kinds.add(rows.getString(1));
            }
        }
        return kinds;
    }

    @Test
    void rootsAreInTheLogOfTheServerAndFollowEachOther() throws Exception {
        long size = Files.size(TestServer.log());
        post("covered by a root");
        JsonNode root = publish();
        String text = root.get("text").stringValue();
        await().until(() -> TestServer.logSince(size).contains("Evidence root: " + text));
        JsonNode next = publish();
        assertThat(next.get("number").longValue()).isGreaterThan(root.get("number").longValue());
        JsonNode page = ADMINISTRATOR.get(PATH + "/roots?limit=1&after=" + (root.get("number").longValue() - 1)).json(200);
        assertThat(page.get("roots").get(0).get("text").stringValue()).isEqualTo(text).doesNotContain(room);
        assertThat(page.get("more").booleanValue()).isTrue();
        JsonNode status = ADMINISTRATOR.get(PATH).json(200);
        assertThat(status.get("on").booleanValue()).isTrue();
        assertThat(status.get("waiting").booleanValue()).isFalse();
        String key = status.get("keys").valueStream().toList().getLast().get("publicKey").stringValue();
        Path roots = Files.writeString(folder.resolve("roots.txt"), "INFO Evidence root: " + text);
        assertThat(verify("--key", key, "--roots", roots.toString())).isEmpty();
        Files.writeString(roots, text.replace(" " + root.get("number").longValue() + " ", " 999999 "));
        assertThat(verify("--key", key, "--roots", roots.toString())).containsExactly(
                "root 999999, as it was published, is not signed by a key that is trusted or endorsed");
        assertThat(ADMINISTRATOR.get("/api/administration/audit?actor=administrator&action=evidence.published&limit=1").json(200)
                .get("entries").get(0).get("detail").stringValue()).isEqualTo(String.valueOf(next.get("number").longValue()));
    }
}
