package parley.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Exports: who reads what, the same bytes each time, and what another program makes of them. */
class ExportIT {

    private static final String NAUGHTY = "</script>\r\n.\r\nBcc: x@y\n--=_\u2028👩‍👩‍👧‍👦 \"}\\";

    /** A name that no other run used. */
    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + mark;
    private final String bob = "bob-" + mark;
    private final String room = Http.of(alice).createsPrivateRoom();
    @AutoClose
    private final Exporter admin = new Exporter();
    private ChatClient alices;
    private ChatClient bobs;

    @TempDir
    private Path folder;

    @BeforeEach
    void peopleAreInTheRoom() {
        Tokens.signIn(bob);
        Http.of(alice).setsRole(room, bob, "member");
        alices = ChatClient.of(alice);
        bobs = ChatClient.of(bob);
    }

    @AfterEach
    void closeClients() {
        alices.close();
        bobs.close();
    }

    private long post(ChatClient by, String text, Map<String, ?> more) {
        Map<String, Object> command = new HashMap<>(Map.of("room", room, "key", UUID.randomUUID().toString(), "text", text));
        command.putAll(more);
        return by.asks("message.post", command).offset();
    }

    private long post(ChatClient by, String text) {
        return post(by, text, Map.of());
    }

    private String upload(String content) {
        HttpAnswer answer = Http.of(alice).postText("/api/rooms/" + room + "/files?name=note.txt", content);
        return answer.json(201).get("id").stringValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'to':'2999-01-01T00:00:00Z'}", "{'from':'2020-01-01T00:00:00Z','to':'2020-01-01T00:00:00Z'}",
            "{'rooms':['..']}", "{'rooms':'r'}", "{'person':''}", "{'mail':1}", "{'more':1}", "[]"})
    @EnabledIfSystemProperty(named = "parley.db", matches = "postgresql", disabledReason = "once is enough")
    void aRequestThatIsWrongIsRefused(String body) {
        assertThat(admin.http().postText("/api/administration/exports", body.replace('\'', '"')).problem()).isEqualTo("bad_request");
    }

    @Test
    void anExportRebuildsTheRoomAndIsTheSameBytesTwice() throws Exception {
        String file = upload("the note");
        long first = post(alices, NAUGHTY);
        post(bobs, "Reply", Map.of("thread", first));
        long carried = post(alices, "With a file", Map.of("files", List.of(file)));
        long gone = post(alices, "planted " + mark);
        alices.asks("message.edit", Map.of("room", room, "message", carried, "text", "Better")).ok();
        bobs.asks("reaction.add", Map.of("room", room, "message", first, "emoji", "👍")).ok();
        bobs.asks("message.pin", Map.of("room", room, "message", first)).ok();
        alices.asks("message.delete", Map.of("room", room, "message", gone)).ok();
        String to = Instant.now().plusMillis(1).toString();
        await().until(() -> Instant.now().isAfter(Instant.parse(to)));

        JsonNode export = admin.exports(Map.of("rooms", List.of(room), "to", to));
        post(bobs, "Later");
        Path archive = admin.archive(export, folder.resolve("first.zip"));
        JsonNode rebuilt = Exporter.rebuilt(archive, folder, "--mail");
        assertThat(shown(rebuilt.at("/rooms/" + room))).isEqualTo(history(first, gone));
        assertThat(rebuilt.get("events").longValue()).isEqualTo(export.get("events").longValue());
        assertThat(rebuilt.get("mails").intValue()).isEqualTo(6);
        assertThat(rebuilt.get("files").intValue()).isEqualTo(2);
        assertThat(Files.readString(archive, StandardCharsets.ISO_8859_1)).doesNotContain("planted " + mark);
        assertThat(rebuilt.get("people")).hasSize(2);
        assertThat(rebuilt.get("memberships")).extracting(line -> line.get("type").stringValue() + line.path("user").stringValue(""))
                .containsExactly("member" + alice, "member" + bob, "kind");

        JsonNode second = admin.exports(Map.of("rooms", List.of(room), "to", to));
        assertThat(second.get("manifest")).isEqualTo(export.get("manifest"));
        assertThat(Files.readAllBytes(admin.archive(second, folder.resolve("second.zip")))).isEqualTo(Files.readAllBytes(archive));
        JsonNode third = admin.exports(Map.of("repeat", export.get("id").stringValue()));
        assertThat(third.get("manifest")).isEqualTo(export.get("manifest"));
        aChangedByteIsNoticed(archive);
        rangesArePartsOfTheArchive(export, Files.readAllBytes(archive));
        whatIsDeletedIsGone(export);
    }

    private List<String> shown(JsonNode messages) {
        return StreamSupport.stream(messages.spliterator(), false).map(message -> text(message, message.path("thread").longValue()))
                .toList();
    }

    private static String text(JsonNode message, long thread) {
        return message.get("offset") + " " + (message.get("by").isString() ? message.get("by") : message.at("/by/id")) + " "
                + message.path("text").stringValue("") + " " + thread + " " + message.path("deleted").booleanValue(false) + " "
                + message.path("pinned").booleanValue(false) + " " + message.path("edited").stringValue("-") + " "
                + message.path("files").size() + " " + message.path("reactions").propertyNames();
    }

    private List<String> history(long root, long gone) {
        List<JsonNode> messages = new ArrayList<>();
        String path = "/api/rooms/" + room + "/messages?limit=100&after=0";
        Http.of(bob).get(path).json(200).get("messages").forEach(messages::add);
        Http.of(bob).get(path + "&thread=" + root).json(200).get("messages").forEach(messages::add);
        if (messages.stream().noneMatch(message -> message.get("offset").longValue() == gone)) {
            messages.add(Http.of(bob).get("/api/rooms/" + room + "/messages/" + gone).json(200));
        }
        return messages.stream().distinct().filter(message -> !message.path("text").stringValue("").equals("Later"))
                .sorted((one, other) -> Long.compare(one.get("offset").longValue(), other.get("offset").longValue()))
                .map(message -> text(message, message.path("thread").longValue(0))).toList();
    }

    private void aChangedByteIsNoticed(Path archive) throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("Reply")] = 'r';
        Path changed = Files.write(folder.resolve("changed.zip"), bytes);
        assertThatThrownBy(() -> Exporter.rebuilt(changed, folder)).isInstanceOf(AssertionError.class);
    }

    private void rangesArePartsOfTheArchive(JsonNode export, byte[] all) {
        String path = Exporter.archive(export.get("id").stringValue());
        assertThat(export.get("bytes").longValue()).isEqualTo(all.length);
        for (int[] range : new int[][] {{0, 0}, {10, 500}, {all.length - 200, all.length - 1}}) {
            HttpResponse<byte[]> part = admin.download(Exporter.token(), path, "Range", "bytes=" + range[0] + "-" + range[1]);
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(all, range[0], range[1] + 1));
        }
        assertThat(admin.download(Exporter.token(), path, "Range", "bytes=" + all.length + "-").statusCode()).isEqualTo(416);
        assertThat(admin.download(Tokens.of(alice), path).statusCode()).isEqualTo(403);
        assertThat(admin.download(null, path).statusCode()).isEqualTo(401);
        String ticket = admin.http().post(path.replace("archive", "ticket"), Map.of()).json(200).get("ticket").stringValue();
        assertThat(admin.download(null, path + "?ticket=" + ticket).body()).isEqualTo(all);
    }

    private void whatIsDeletedIsGone(JsonNode export) {
        String id = export.get("id").stringValue();
        assertThat(admin.deletes(id)).isEqualTo(204);
        assertThat(admin.reads(id).get("state").stringValue()).isEqualTo("deleted");
        assertThat(admin.download(Exporter.token(), Exporter.archive(id)).statusCode()).isEqualTo(404);
        List<String> actions = new ArrayList<>();
        admin.http().get("/api/administration/audit?actor=exporter&limit=100").json(200).get("entries").forEach(event -> {
            if (event.path("detail").stringValue("").startsWith("export=" + id)) {
                actions.add(event.get("action").stringValue());
            }
        });
        assertThat(actions).contains("export.started", "export.ended", "export.downloaded", "export.deleted");
    }

    @Test
    void aPersonsExportHasWhatThePersonCouldRead() throws Exception {
        post(alices, "Before bob left");
        bobs.asks("room.leave", Map.of("room", room)).ok();
        post(alices, "After bob left");
        String other = Http.of(alice).createsPrivateRoom();
        JsonNode export = admin.exports(Map.of("person", bob, "rooms", List.of(room, other), "mail", false));
        JsonNode rebuilt = Exporter.rebuilt(admin.archive(export, folder.resolve("person.zip")), folder);
        assertThat(rebuilt.get("rooms").propertyNames()).containsExactly(room);
        assertThat(rebuilt.at("/rooms/" + room)).extracting(message -> message.get("text").stringValue())
                .containsExactly("Before bob left");
        assertThat(rebuilt.get("memberships")).extracting(line -> line.path("user").stringValue("") + line.path("end").stringValue(""))
                .containsExactly(bob + "left", "");
        assertThat(rebuilt.get("named")).hasSize(1);
        assertThat(rebuilt.get("paths")).noneMatch(path -> path.stringValue().contains("/mail/"));
    }

    @Test
    void contentOfALegalHoldIsExportedIfTheRequestSaysSo() throws Exception {
        String holds = "/api/administration/holds";
        String hold = admin.http().post(holds, Map.of("name", "Case " + mark, "rooms", List.of(room))).json(201).get("id").stringValue();
        long gone = post(alices, "planted " + mark);
        alices.asks("message.delete", Map.of("room", room, "message", gone)).ok();
        for (boolean held : new boolean[] {true, false}) {
            Path archive = admin.archive(admin.exports(Map.of("rooms", List.of(room), "held", held)), folder.resolve(held + ".zip"));
            assertThat(Files.readString(archive, StandardCharsets.ISO_8859_1).contains("planted " + mark)).isEqualTo(held);
        }
        assertThat(admin.http().delete(holds + "/" + hold).status()).isEqualTo(204);
        Path released = admin.archive(admin.exports(Map.of("rooms", List.of(room), "held", true)), folder.resolve("released.zip"));
        assertThat(Files.readString(released, StandardCharsets.ISO_8859_1)).doesNotContain("planted " + mark);
    }

    @Test
    void peopleExportTheirOwnDataAndNobodyElsesOnceADay() throws Exception {
        post(alices, "Of alice");
        post(bobs, "Of bob");
        Http.of(bob).put("/api/me/drafts/" + room, Map.of("text", "a draft"));
        Http bobsRequests = Http.of(bob);
        assertThat(bobsRequests.get("/api/me/export").json(200).get("state").stringValue()).isEqualTo("none");
        String id = bobsRequests.post("/api/me/export", Map.of()).json(202).get("id").stringValue();
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).until(() ->
                bobsRequests.get("/api/me/export").json(200).get("state").stringValue().equals("done"));
        assertThat(bobsRequests.post("/api/me/export", Map.of()).problem()).isEqualTo("rate_limited");

        String path = "/api/me/export/" + id + "/archive";
        assertThat(admin.download(Tokens.of(alice), path).statusCode()).isEqualTo(404);
        assertThat(Http.of(alice).post("/api/me/export/" + id + "/ticket", Map.of()).status()).isEqualTo(404);
        assertThat(Http.of(alice).delete("/api/me/export/" + id).status()).isEqualTo(404);
        assertThat(admin.http().get("/api/administration/exports/" + id).status()).isEqualTo(404);
        String ticket = bobsRequests.post("/api/me/export/" + id + "/ticket", Map.of()).json(200).get("ticket").stringValue();
        Path archive = Files.write(folder.resolve("own.zip"), admin.download(null, path + "?ticket=" + ticket).body());

        JsonNode rebuilt = Exporter.rebuilt(archive, folder);
        assertThat(rebuilt.at("/rooms/" + room)).extracting(message -> message.get("text").stringValue()).containsExactly("Of bob");
        assertThat(entry(archive, "profile.json").get("id").stringValue()).isEqualTo(bob);
        assertThat(entry(archive, "drafts.jsonl").get("text").stringValue()).isEqualTo("a draft");
        assertThat(entry(archive, "settings.jsonl").get("room").stringValue()).isEqualTo(room);
        assertThat(Files.readString(archive, StandardCharsets.ISO_8859_1)).doesNotContain("Of alice");
        assertThat(bobsRequests.delete("/api/me/export/" + id).status()).isEqualTo(204);
        assertThat(admin.download(Tokens.of(bob), path).statusCode()).isEqualTo(404);
    }

    private static JsonNode entry(Path archive, String name) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return Json.read(new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
