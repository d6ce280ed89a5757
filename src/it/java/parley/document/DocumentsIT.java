package parley.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Reply;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Documents over socket and HTTP, as the people of a room see them. */
class DocumentsIT {

    private static final String FIRST = base64(1);
    private static final String SECOND = base64(2);
    private static final int LARGEST_UPDATE = 48 << 10;
    private static final int LARGEST_SNAPSHOT = 4 << 20;
    private static final int RESETS = 30;
    private static final int MOST_OPEN = 16;

    private final Http requests = Http.of("alice");
    private final String room = requests.createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob").joins(room);
    private final String document = requests.createsDocument(room, "Minutes");

    private static String base64(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return Base64.getEncoder().encodeToString(content);
    }

    private Reply ask(ChatClient who, String type, Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(Map.of("room", room, "document", document));
        all.putAll(fields);
        return who.asks(type, all);
    }

    private JsonNode open(ChatClient who) {
        return ask(who, "document.open", Map.of()).ok();
    }

    private JsonNode openSince(ChatClient who, long version) {
        return ask(who, "document.open", Map.of("since", version)).ok();
    }

    private Reply update(ChatClient who, String key, String update) {
        return ask(who, "document.update", Map.of("key", key, "update", update));
    }

    private HttpAnswer snapshot(Http who, long version, String snapshot) {
        return who.put(path() + "/snapshot", Map.of("version", version, "snapshot", snapshot));
    }

    private String path() {
        return "/api/rooms/" + room + "/documents/" + document;
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no base64", "===="})
    void refusesWhatIsNoUpdate(String update) {
        assertThat(update(alice, "k", update).refusal()).isEqualTo("bad_request");
        assertThat(open(alice).get("version").longValue()).isZero();
    }

    @Test
    void refusesWhatDoesNotExist() {
        Map<String, String> unknown = Map.of("document", "no-such-document");
        assertThat(ask(alice, "document.open", unknown).refusal()).isEqualTo("not_found");
        Map<String, String> update = Map.of("document", "no-such-document", "key", "k", "update", FIRST);
        assertThat(ask(alice, "document.update", update).refusal()).isEqualTo("not_found");
        String elsewhere = requests.createsRoom();
        assertThat(alice.asks("document.open", Map.of("room", elsewhere, "document", document)).refusal()).as("in another room")
                .isEqualTo("not_found");
        assertThat(requests.patch("/api/rooms/" + elsewhere + "/documents/" + document, Map.of("title", "t")).status()).isEqualTo(404);
        assertThat(requests.post("/api/rooms/" + room + "/documents", Map.of("title", " ")).problem()).isEqualTo("bad_request");
    }

    @Test
    void aConnectionHasSoManyDocumentsOpen() {
        open(alice);
        for (int i = 1; i < MOST_OPEN; i++) {
            ask(alice, "document.open", Map.of("document", requests.createsDocument(room, "Document " + i))).ok();
        }
        String oneMore = requests.createsDocument(room, "One more");
        assertThat(ask(alice, "document.open", Map.of("document", oneMore)).refusal()).isEqualTo("too_large");
        open(alice);
        ask(alice, "document.close", Map.of()).ok();
        ask(alice, "document.open", Map.of("document", oneMore)).ok();
    }

    @Test
    void versionsHaveNoHoleAndAKeyIsStoredOnce() {
        open(bob);
        assertThat(update(alice, "one", FIRST).ok().get("version").longValue()).isEqualTo(1);
        assertThat(update(bob, "one", SECOND).ok().get("version").longValue()).as("the same key of another person").isEqualTo(2);
        Reply again = update(alice, "one", SECOND);
        assertThat(again.ok().get("version").longValue()).isEqualTo(1);
        assertThat(again.duplicate()).isTrue();

        JsonNode first = bob.receives(Expected.updated(1));
        assertThat(first.get("update").stringValue()).isEqualTo(FIRST);
        assertThat(first.at("/by/id").stringValue()).isEqualTo("alice");
        assertThat(bob.receives(Expected.updated(2)).get("update").stringValue()).isEqualTo(SECOND);
        JsonNode all = open(alice);
        assertThat(strings(all.get("updates"))).containsExactly(FIRST, SECOND);
        assertThat(all.get("version").longValue()).isEqualTo(2);
        assertThat(all.get("recovered").booleanValue()).isFalse();
        assertThat(bob.receivedSoFar()).as("repetitions").noneMatch(event -> event.path("type").stringValue("").equals("document.updated"));
    }

    @Test
    void resumesAtAVersion() {
        update(alice, "one", FIRST);
        open(bob);
        ask(bob, "document.close", Map.of()).ok();
        update(alice, "two", SECOND);
        assertThat(bob.receivedSoFar()).noneMatch(event -> event.path("type").stringValue("").equals("document.updated"));

        JsonNode missed = openSince(bob, 1);
        assertThat(strings(missed.get("updates"))).containsExactly(SECOND);
        assertThat(missed.get("recovered").booleanValue()).isTrue();
        JsonNode nothing = openSince(bob, 2);
        assertThat(nothing.get("updates")).isEmpty();
        assertThat(nothing.get("recovered").booleanValue()).isTrue();
        JsonNode ahead = openSince(bob, 3);
        assertThat(strings(ahead.get("updates"))).as("of a version that never was").containsExactly(FIRST, SECOND);
        assertThat(ahead.get("recovered").booleanValue()).isFalse();
    }

    @Test
    void aLongDocumentComesInParts() {
        byte[] large = new byte[40_000];
        int updates = 12;
        for (int i = 1; i <= updates; i++) {
            large[0] = (byte) i;
            update(alice, "k" + i, Base64.getEncoder().encodeToString(large)).ok();
        }
        List<String> read = new ArrayList<>();
        JsonNode part = open(bob);
        read.addAll(strings(part.get("updates")));
        assertThat(part.path("more").booleanValue(false)).isTrue();
        update(alice, "while it is being read", FIRST).ok();
        while (part.path("more").booleanValue(false)) {
            part = openSince(bob, part.get("version").longValue());
            read.addAll(strings(part.get("updates")));
        }
        assertThat(read).hasSize(updates + 1).endsWith(FIRST);
        update(alice, "live", SECOND).ok();
        assertThat(bob.receives(Expected.updated(updates + 2)).get("update").stringValue()).isEqualTo(SECOND);
    }

    @Test
    void aTooLargeUpdateIsRefused() {
        // In JSON, the frame would be too large before.
        HttpAnswer answer = requests.post("/api/commands", Map.of("id", 1, "type", "document.update", "room", room, "document", document,
                "key", "k", "update", Base64.getEncoder().encodeToString(new byte[LARGEST_UPDATE + 1])));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(update(alice, "k", Base64.getEncoder().encodeToString(new byte[LARGEST_UPDATE - 200])).ok().get("version").longValue())
                .isEqualTo(1);
    }

    @Test
    void aSnapshotReplacesTheUpdatesThatItCoversButKeepsThem() {
        update(alice, "one", FIRST);
        assertThat(snapshot(requests, 2, SECOND).problem()).as("of a version that never was").isEqualTo("conflict");
        assertThat(snapshot(requests, 1, base64(9)).status()).isEqualTo(204);
        update(alice, "two", SECOND);
        assertThat(snapshot(requests, 2, "").problem()).isEqualTo("bad_request");
        assertThat(snapshot(requests, 2, Base64.getEncoder().encodeToString(new byte[(384 << 10) + 1])).problem()).isEqualTo("too_large");

        JsonNode opened = open(bob);
        assertThat(opened.get("snapshot").stringValue()).isEqualTo(base64(9));
        assertThat(strings(opened.get("updates"))).containsExactly(SECOND);
        assertThat(opened.get("version").longValue()).isEqualTo(2);
        JsonNode raw = openSince(bob, 0);
        assertThat(raw.has("snapshot")).as("who doubts it").isFalse();
        assertThat(strings(raw.get("updates"))).containsExactly(FIRST, SECOND);
        assertThat(snapshot(requests, 2, Base64.getEncoder().encodeToString(new byte[384 << 10])).status()).isEqualTo(204);
        assertThat(snapshot(requests, 1, base64(8)).problem()).as("an older one").isEqualTo("conflict");
        assertThat(open(bob).get("updates")).isEmpty();
    }

    private HttpAnswer snapshotBytes(String query, BodyPublisher content) {
        return requests.send(HttpRequest.newBuilder(Server.at(path() + "/snapshot" + query))
                .header("Content-Type", "application/octet-stream").PUT(content));
    }

    private String download(Http who, long version) {
        HttpAnswer answer = who.get(path() + "/snapshot?version=" + version);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void aSnapshotTooLongForAFrameIsReadOverHttp() {
        update(alice, "one", FIRST);
        String content = "s".repeat((384 << 10) + 1);
        assertThat(snapshotBytes("?version=1", BodyPublishers.ofString(content)).status()).isEqualTo(204);
        update(alice, "two", SECOND);

        JsonNode opened = open(bob);
        assertThat(opened.has("snapshot")).isFalse();
        assertThat(opened.get("download").booleanValue()).isTrue();
        assertThat(opened.get("more").booleanValue()).isTrue();
        assertThat(opened.get("version").longValue()).isEqualTo(1);
        assertThat(opened.get("updates")).isEmpty();
        assertThat(download(Http.of("bob"), 1)).isEqualTo(content);
        update(alice, "while it is being read", FIRST);
        assertThat(strings(openSince(bob, 1).get("updates"))).containsExactly(SECOND, FIRST);

        assertThat(snapshotBytes("?version=3", BodyPublishers.ofString("short")).status()).isEqualTo(204);
        assertThat(open(bob).get("snapshot").stringValue()).isEqualTo(Base64.getEncoder().encodeToString("short".getBytes(UTF_8)));
        assertThat(requests.delete(path()).status()).isEqualTo(204);
        assertThat(requests.get(path() + "/snapshot?version=1").problem()).isEqualTo("not_found");
    }

    @Test
    void refusesASnapshotThatIsTooLongOrNone() {
        update(alice, "one", FIRST);
        assertThat(snapshotBytes("?version=1", BodyPublishers.ofByteArray(new byte[LARGEST_SNAPSHOT + 1])).problem())
                .isEqualTo("too_large");
        assertThat(snapshotBytes("?version=1", BodyPublishers.noBody()).problem()).isEqualTo("bad_request");
        for (String version : List.of("", "?version=", "?version=0", "?version=x", "?version=-1")) {
            assertThat(snapshotBytes(version, BodyPublishers.ofString("s")).problem()).as(version).isEqualTo("bad_request");
            assertThat(requests.get(path() + "/snapshot" + version).problem()).as(version).isEqualTo("bad_request");
        }
        assertThat(snapshotBytes("?version=2", BodyPublishers.ofString("s")).problem()).isEqualTo("conflict");
        assertThat(requests.get(path() + "/snapshot?version=1").problem()).as("a version without a snapshot").isEqualTo("gone");
        assertThat(snapshotBytes("?version=1", BodyPublishers.ofByteArray(new byte[LARGEST_SNAPSHOT])).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000", "Transfer-Encoding: chunked"})
    void anUploadThatBreaksOffStoresNothing(String framing) throws IOException {
        update(alice, "one", FIRST);
        try (Socket upload = begins(framing)) {
            upload.shutdownOutput();
            upload.getInputStream().readAllBytes();
        }
        assertThat(requests.get(path() + "/snapshot?version=1").problem()).isEqualTo("gone");
    }

    /** The server ends such a request while a thread still answers it. */
    @Test
    void uploadsThatAreResetLeaveNothingOnTheirThreads() throws IOException {
        update(alice, "one", FIRST);
        for (int i = 0; i < RESETS; i++) {
            try (Socket upload = begins("Content-Length: 1000")) {
                upload.setSoLinger(true, 0);
            }
        }
        await("uploads end").until(() -> Server.metric("parley_file_transfers") == 0);
        assertThat(requests.get(path() + "/snapshot?version=1").problem()).isEqualTo("gone");
        assertThat(Server.log()).doesNotContain("WELD-0007", "WELD-00033");
    }

    private Socket begins(String framing) throws IOException {
        Socket upload = new Socket(Server.base().getHost(), Server.base().getPort());
        upload.setSoTimeout(10_000);
        String head = "PUT " + Server.at(path()).getPath() + "/snapshot?version=1 HTTP/1.1\r\nHost: " + Server.base().getAuthority()
                + "\r\nAuthorization: Bearer " + Tokens.of("alice") + "\r\nContent-Type: application/octet-stream\r\n" + framing
                + "\r\n\r\n";
        upload.getOutputStream().write((head + (framing.startsWith("T") ? "3e8\r\nsss" : "sss")).getBytes(UTF_8));
        return upload;
    }

    @Test
    void ofUploadsAtTheSameTimeOneIsKeptWhole() {
        update(alice, "one", FIRST);
        List<String> contents = List.of("a".repeat(900_000), "b".repeat(400_000), "c".repeat(1_200_000));
        List<CompletableFuture<Integer>> uploads = contents.stream().map(content -> CompletableFuture.supplyAsync(() ->
                snapshotBytes("?version=1", BodyPublishers.ofString(content)).status())).toList();
        assertThat(uploads).extracting(CompletableFuture::join).containsOnly(204);
        assertThat(download(requests, 1)).isIn(contents);
    }

    @Test
    void saysWhoChangedItAndWhen() {
        Instant before = Instant.now().minusSeconds(5);
        update(alice, "one", FIRST);
        update(alice, "two", SECOND);
        update(bob, "one", FIRST);
        JsonNode page = Http.of("bob").get(path() + "/changes").json(200);
        assertThat(page.get("changes")).hasSize(2);
        JsonNode first = page.at("/changes/0");
        assertThat(first.get("first").longValue()).isEqualTo(1);
        assertThat(first.get("last").longValue()).isEqualTo(2);
        assertThat(first.at("/by/id").stringValue()).isEqualTo("alice");
        assertThat(Instant.parse(first.get("at").stringValue())).isBetween(before, Instant.now().plusSeconds(5));
        assertThat(page.at("/changes/1/by/id").stringValue()).isEqualTo("bob");
        assertThat(requests.get(path() + "/changes?after=2").json(200).get("changes")).hasSize(1);
        assertThat(requests.get(path() + "/changes?after=9").json(200).get("changes")).isEmpty();
        assertThat(requests.get(path() + "/changes?after=-1").problem()).isEqualTo("bad_request");
        assertThat(requests.get("/api/rooms/" + room + "/documents/none/changes").problem()).isEqualTo("not_found");
    }

    @Test
    void refusesATextThatIsTooLongOrOfAnotherVersion() {
        update(alice, "one", FIRST);
        assertThat(text(1, "t".repeat(100_001)).problem()).isEqualTo("too_large");
        assertThat(text(1, "a\0b").problem()).isEqualTo("bad_request");
        assertThat(text(2, "t").problem()).as("of a version that never was").isEqualTo("conflict");
        assertThat(text(1, "ä".repeat(100_000)).status()).isEqualTo(204);
        assertThat(text(1, "").status()).as("of the same version").isEqualTo(204);
        assertThat(text(0, "t").problem()).as("an older one").isEqualTo("conflict");
        assertThat(requests.put("/api/rooms/" + room + "/documents/none/text", Map.of("version", 0, "text", "t")).problem())
                .isEqualTo("not_found");
    }

    private HttpAnswer text(long version, String text) {
        return requests.put(path() + "/text", Map.of("version", version, "text", text));
    }

    @Test
    void tellsOthersWhatIsNotStored() {
        assertThat(ask(bob, "document.aware", Map.of("data", "d")).refusal()).as("before it is open").isEqualTo("conflict");
        open(alice);
        open(bob);
        assertThat(ask(bob, "document.aware", Map.of("data", "d".repeat(4_097))).refusal()).isEqualTo("too_large");
        ask(bob, "document.aware", Map.of("data", "d".repeat(4_096))).ok();
        JsonNode aware = alice.receives(Expected.ofType("document.aware"));
        assertThat(aware.at("/by/id").stringValue()).isEqualTo("bob");
        assertThat(bob.receivedSoFar()).noneMatch(event -> event.path("type").stringValue("").equals("document.aware"));
    }

    @Test
    void everyoneInTheRoomSeesTheTitle() {
        assertThat(requests.patch(path(), Map.of("title", "Minutes of May")).status()).isEqualTo(204);
        JsonNode renamed = bob.receives(Expected.ofType("document.renamed"));
        assertThat(renamed.get("title").stringValue()).isEqualTo("Minutes of May");
        JsonNode listed = Http.of("bob").get("/api/rooms/" + room + "/documents").json(200).get("documents").get(0);
        assertThat(listed.get("id").stringValue()).isEqualTo(document);
        assertThat(listed.get("title").stringValue()).isEqualTo("Minutes of May");
        assertThat(listed.at("/by/id").stringValue()).isEqualTo("alice");
    }

    @Test
    void deletingRedacts() {
        long before = alice.posts("before");
        requests.patch(path(), Map.of("title", "A secret title"));
        update(alice, "one", FIRST);
        open(bob);
        assertThat(Http.of("bob").delete(path()).problem()).isEqualTo("forbidden");
        assertThat(requests.delete(path()).status()).isEqualTo(204);
        assertThat(requests.delete(path()).problem()).isEqualTo("not_found");

        JsonNode closed = bob.receives(Expected.documentClosed(document));
        assertThat(closed.get("code").stringValue()).isEqualTo("not_found");
        assertThat(closed.get("reopen").booleanValue()).isFalse();
        assertThat(update(alice, "two", SECOND).refusal()).isEqualTo("not_found");
        try (ChatClient resumed = ChatClient.of("bob")) {
            String epoch = bob.subscribes(room).get("epoch").stringValue();
            resumed.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", epoch, "offset", before))).ok();
            JsonNode renamed = resumed.receivesLogged(2).getFirst();
            assertThat(renamed.get("type").stringValue()).isEqualTo("document.renamed");
            assertThat(renamed.get("deleted").booleanValue()).isTrue();
            assertThat(renamed.has("title")).isFalse();
        }
    }

    @Test
    void aBanClosesTheDocumentAndAMuteEndsWriting() {
        open(bob);
        requests.mutes(room, "bob", Instant.now().plusSeconds(60));
        assertThat(update(bob, "one", FIRST).refusal()).isEqualTo("forbidden");
        update(alice, "one", FIRST);
        bob.receives(Expected.updated(1));
        assertThat(requests.bans(room, "bob").status()).isEqualTo(204);
        JsonNode closed = bob.receives(Expected.documentClosed(document));
        assertThat(closed.get("code").stringValue()).isEqualTo("forbidden");
        update(alice, "two", SECOND);
        assertThat(bob.receivedSoFar()).noneMatch(event -> event.path("type").stringValue("").equals("document.updated"));
        assertThat(ask(bob, "document.open", Map.of()).refusal()).isEqualTo("not_found");
    }

    @Test
    void aClosedRoomEndsItsDocuments() {
        open(bob);
        assertThat(requests.delete("/api/rooms/" + room).status()).isEqualTo(204);
        assertThat(bob.receives(Expected.documentClosed(document)).get("code").stringValue()).isEqualTo("gone");
    }

    @Test
    void aRoomThatStoresNothingHasNoDocuments() {
        requests.patch("/api/rooms/" + room, Map.of("retention", "none"));
        assertThat(requests.post("/api/rooms/" + room + "/documents", Map.of("title", "t")).problem()).isEqualTo("conflict");
        assertThat(update(alice, "one", FIRST).refusal()).isEqualTo("conflict");
    }
}
