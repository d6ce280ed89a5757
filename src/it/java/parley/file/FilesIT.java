package parley.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Reply;
import parley.kit.Server;
import parley.kit.Tokens;
import parley.server.Jcmd;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/** Files over HTTP and in messages: what is refused, what each response says, and how soon a file is gone. */
class FilesIT {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String room = Http.of("alice").createsPrivateRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice");
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");

    FilesIT() {
        Http.of("alice").setsRole(room, "bob", "member");
        alice.subscribes(room);
        bob.subscribes(room);
    }

    @Test
    void helloNamesTheLimits() {
        assertThat(alice.hello().at("/limits/file").intValue()).isEqualTo(25 * 1024 * 1024);
        assertThat(alice.hello().at("/limits/files").intValue()).isEqualTo(10);
    }

    @Test
    void strangersGuestsAndTheMutedUploadNothing() {
        assertThat(upload("carol", "a.txt", text("a")).statusCode()).isEqualTo(404);
        Http.of("alice").setsRole(room, "bob", "guest");
        assertThat(upload("bob", "a.txt", text("a")).statusCode()).isEqualTo(403);
        assertThat(send(null, "POST", "/api/rooms/" + room + "/files", text("a")).statusCode()).isEqualTo(401);
    }

    @Test
    void aMessageCarriesOnlyOwnReadyFilesOfItsRoom() {
        String ofBob = id(upload("bob", "a.txt", text("a")));
        String other = Http.of("alice").createsRoom();
        String elsewhere = id(send("alice", "POST", "/api/rooms/" + other + "/files", text("a")));
        String incomplete = location(tus("alice", "a.txt", 10)).replaceAll(".*/", "");
        String sent = id(upload("alice", "a.txt", text("a")));
        assertThat(post(alice, "t", sent).ok().get("offset").longValue()).isPositive();
        for (String id : List.of(ofBob, elsewhere, incomplete, sent, "nothing", "")) {
            assertThat(post(alice, "t", id).refusal()).as(id).isEqualTo("bad_request");
        }
        String twice = id(upload("alice", "b.txt", text("b")));
        assertThat(post(alice, "t", twice, twice).refusal()).isEqualTo("bad_request");
        assertThat(post(alice, "").refusal()).as("no text and no file").isEqualTo("bad_request");
        assertThat(post(alice, "", twice).ok().get("offset").longValue()).isPositive();
    }

    @Test
    void aRoomThatStoresNoMessagesTakesNoFiles() {
        Http.of("alice").patch("/api/rooms/" + room, Map.of("retention", "none")).json(200);
        assertThat(upload("alice", "a.txt", text("a")).statusCode()).isEqualTo(403);
    }

    @Test
    void everyoneInTheRoomSeesAPictureAndReadsIt() {
        byte[] png = png(64, 48);
        JsonNode uploaded = json(upload("alice", "plan.png", png));
        assertThat(uploaded.get("type").stringValue()).isEqualTo("image/png");
        assertThat(uploaded.get("size").intValue()).isEqualTo(png.length);
        assertThat(uploaded.get("sha256").stringValue()).hasSize(64);
        String id = uploaded.get("id").stringValue();
        assertThat(read("bob", id).statusCode()).as("before it is sent").isEqualTo(404);
        long message = post(alice, "The plan", id).offset();

        JsonNode event = bob.receives(Expected.posted("The plan"));
        JsonNode shown = Http.of("bob").get("/api/rooms/" + room + "/messages/" + message).json(200);
        for (JsonNode files : List.of(event.get("files"), shown.get("files"))) {
            JsonNode file = files.get(0);
            assertThat(file.get("id").stringValue()).isEqualTo(id);
            assertThat(file.get("name").stringValue()).isEqualTo("plan.png");
            assertThat(List.of(file.get("width").intValue(), file.get("height").intValue())).containsExactly(64, 48);
            assertThat(file.get("thumbnail").booleanValue()).isTrue();
            assertThat(file.has("sha256")).isFalse();
        }
        HttpResponse<byte[]> bytes = read("bob", id);
        assertThat(bytes.body()).isEqualTo(png);
        assertThat(header(bytes, "Content-Type")).isEqualTo("image/png");
        assertThat(header(bytes, "Content-Disposition")).startsWith("inline; filename=\"plan.png\"");
        assertThat(header(bytes, "Content-Security-Policy")).contains("sandbox").contains("default-src 'none'");
        assertThat(header(bytes, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(bytes, "Cache-Control")).contains("private");
        assertThat(read("bob", id + "/thumbnail").statusCode()).isEqualTo(200);
        assertThat(read("carol", id).statusCode()).isEqualTo(404);
        assertThat(read("carol", id + "/thumbnail").statusCode()).isEqualTo(404);
        JsonNode list = Http.of("bob").get("/api/rooms/" + room + "/files").json(200);
        assertThat(list.get("files").get(0).get("message").longValue()).isEqualTo(message);
        assertThat(Http.of("carol").get("/api/rooms/" + room + "/files").status()).isEqualTo(404);
        assertThat(Http.of("alice").get("/api/me/files").json(200).get("used").longValue()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"cat.png|<!DOCTYPE html><html><script>alert(1)</script>|text/html|application/octet-stream",
        "logo.svg|<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>|image/svg+xml|application/octet-stream",
        "readme.html|plain words|text/plain|text/plain"})
    void nothingActiveIsInline(String name, String content, String type, String header) {
        JsonNode file = json(upload("alice", name, text(content)));
        assertThat(file.get("type").stringValue()).isEqualTo(type);
        HttpResponse<byte[]> answer = read("alice", file.get("id").stringValue());
        assertThat(header(answer, "Content-Disposition")).startsWith("attachment");
        assertThat(header(answer, "Content-Type")).startsWith(header);
        assertThat(header(answer, "Content-Security-Policy")).contains("sandbox");
    }

    @Test
    void aRepeatedPostWithAFileIsOneMessage() {
        String id = id(upload("alice", "a.txt", text("a")));
        Map<String, Object> command = Map.of("room", room, "key", UUID.randomUUID().toString(), "text", "once", "files", List.of(id));
        Reply first = alice.asks("message.post", command);
        Reply second = alice.asks("message.post", command);
        assertThat(second.offset()).isEqualTo(first.offset());
        assertThat(second.duplicate()).isTrue();
    }

    @Test
    void rangesAndConditions() {
        byte[] bytes = random(600_000);
        String id = id(upload("alice", "a.bin", bytes));
        HttpResponse<byte[]> part = read("alice", id, "Range", "bytes=262140-262150");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 262_140, 262_151));
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 262140-262150/600000");
        assertThat(read("alice", id, "Range", "bytes=-7").body()).isEqualTo(Arrays.copyOfRange(bytes, 599_993, 600_000));
        assertThat(read("alice", id, "Range", "bytes=599999-").body()).hasSize(1);
        assertThat(read("alice", id, "Range", "bytes=600000-").statusCode()).isEqualTo(416);
        assertThat(read("alice", id, "Range", "bytes=5-1,x").body()).hasSize(600_000);
        String tag = header(part, "ETag");
        assertThat(read("alice", id, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(read("alice", id, "If-None-Match", "\"another\", W/" + tag).statusCode()).isEqualTo(304);
        assertThat(read("alice", id).body()).isEqualTo(bytes);
    }

    @Test
    void aTicketIsForOneFileAndNotForAHandshake() {
        String id = id(upload("alice", "a.txt", text("a")));
        String other = id(upload("alice", "b.txt", text("b")));
        String ticket = Http.of("alice").post("/api/files/" + id + "/ticket", Map.of()).json(200).get("ticket").stringValue();
        assertThat(send(null, "GET", "/api/files/" + id + "?ticket=" + ticket, null).body()).isEqualTo(text("a"));
        assertThat(send(null, "GET", "/api/files/" + id + "?ticket=" + ticket, null).statusCode()).as("again").isEqualTo(200);
        assertThat(send(null, "GET", "/api/files/" + other + "?ticket=" + ticket, null).statusCode()).isEqualTo(401);
        assertThat(send(null, "GET", "/api/rooms/" + room + "/events?wait=0&ticket=" + ticket, null).statusCode()).isEqualTo(401);
        assertThat(send(null, "GET", "/api/rooms/" + room + "/events?wait=0&ticket=" + id + ticket, null).statusCode())
                .as("with the id").isEqualTo(401);
        assertThat(Http.of("bob").post("/api/files/" + id + "/ticket", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void everyUrlIsGoneWithTheMessageTheBanAndTheDeparture() {
        String id = id(upload("alice", "plan.png", png(64, 48)));
        long message = post(alice, "The plan", id).offset();
        bob.receives(Expected.posted("The plan"));
        String ticket = Http.of("bob").post("/api/files/" + id + "/ticket", Map.of()).json(200).get("ticket").stringValue();
        assertThat(read("bob", id).statusCode()).isEqualTo(200);
        Http.of("alice").bans(room, "bob");
        assertThat(read("bob", id).statusCode()).isEqualTo(404);
        assertThat(read("bob", id + "/thumbnail").statusCode()).isEqualTo(404);
        assertThat(send(null, "GET", "/api/files/" + id + "?ticket=" + ticket, null).statusCode()).isEqualTo(404);
        Http.of("alice").liftsBan(room, "bob");
        Http.of("alice").setsRole(room, "bob", "member");
        assertThat(read("bob", id).statusCode()).isEqualTo(200);

        alice.asks("message.delete", Map.of("room", room, "message", message)).ok();
        for (String user : List.of("alice", "bob")) {
            assertThat(read(user, id).statusCode()).isEqualTo(404);
            assertThat(read(user, id + "/thumbnail").statusCode()).isEqualTo(404);
        }
        JsonNode shown = Http.of("bob").get("/api/rooms/" + room + "/messages/" + message).json(200);
        assertThat(shown.has("files")).isFalse();
        assertThat(Http.of("bob").get("/api/rooms/" + room + "/files").json(200).get("files")).isEmpty();
    }

    @Test
    void anEditReplacesFiles() {
        String first = id(upload("alice", "a.txt", text("a")));
        String second = id(upload("alice", "b.txt", text("b")));
        long message = post(alice, "files", first).offset();
        alice.asks("message.edit", Map.of("room", room, "message", message, "text", "other words")).ok();
        assertThat(read("bob", first).statusCode()).as("kept").isEqualTo(200);
        alice.asks("message.edit", Map.of("room", room, "message", message, "text", "other", "files", List.of(second))).ok();
        assertThat(read("bob", first).statusCode()).isEqualTo(404);
        assertThat(read("bob", second).statusCode()).isEqualTo(200);
        JsonNode shown = Http.of("bob").get("/api/rooms/" + room + "/messages/" + message).json(200);
        assertThat(shown.get("files").get(0).get("name").stringValue()).isEqualTo("b.txt");
        assertThat(bob.asks("message.edit", Map.of("room", room, "message", message, "text", "mine", "files", List.of(second))).refusal())
                .isEqualTo("forbidden");
    }

    @Test
    void tusCreatesGoesOnAndEnds() {
        HttpResponse<byte[]> options = send(null, "OPTIONS", "/api/rooms/" + room + "/files", null);
        assertThat(header(options, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(header(options, "Tus-Extension")).isEqualTo("creation,expiration,termination");
        byte[] bytes = random(700_000);
        String path = location(tus("alice", "Größe.bin", bytes.length));
        assertThat(offset(path)).isZero();
        assertThat(patch("alice", path, 0, Arrays.copyOf(bytes, 300_000)).statusCode()).isEqualTo(204);
        assertThat(offset(path)).isEqualTo(300_000);
        assertThat(patch("alice", path, 1, new byte[5]).statusCode()).isEqualTo(409);
        assertThat(patch("bob", path, 300_000, new byte[5]).statusCode()).isEqualTo(404);
        assertThat(patch("alice", path, 300_000, new byte[400_001]).statusCode()).isEqualTo(413);
        long at = offset(path);
        HttpResponse<byte[]> last = patch("alice", path, at, Arrays.copyOfRange(bytes, (int) at, bytes.length));
        assertThat(last.statusCode()).isEqualTo(204);
        assertThat(header(last, "Upload-Offset")).isEqualTo("700000");
        JsonNode file = Http.of("alice").get(path).json(200);
        assertThat(file.get("name").stringValue()).isEqualTo("Größe.bin");
        assertThat(Http.of("bob").get(path).status()).isEqualTo(404);
        assertThat(Http.of("alice").delete(path).status()).isEqualTo(204);
        assertThat(Http.of("alice").get(path).status()).isEqualTo(404);
        assertThat(read("alice", file.get("id").stringValue()).statusCode()).isEqualTo(404);
    }

    @Test
    void tusTakesTheNameFromTheQueryIfTheMetadataHaveNone() {
        String files = "/api/rooms/" + room + "/files?name=";
        String path = location(send("alice", "POST", files + "plan.txt", null, "Tus-Resumable", "1.0.0", "Upload-Length", "1"));
        assertThat(patch("alice", path, 0, text("a")).statusCode()).isEqualTo(204);
        assertThat(Http.of("alice").get(path).json(200).get("name").stringValue()).isEqualTo("plan.txt");
        String named = location(send("alice", "POST", files + "other.txt", null, "Tus-Resumable", "1.0.0", "Upload-Length", "1",
                "Upload-Metadata", "filename " + Base64.getEncoder().encodeToString(text("plan.txt"))));
        assertThat(patch("alice", named, 0, text("a")).statusCode()).isEqualTo(204);
        assertThat(Http.of("alice").get(named).json(200).get("name").stringValue()).isEqualTo("plan.txt");
    }

    @Test
    void tusRefusesAnotherVersionAndTooMuch() {
        HttpResponse<byte[]> other = send("alice", "POST", "/api/rooms/" + room + "/files", null, "Tus-Resumable", "0.2.2",
                "Upload-Length", "5");
        assertThat(other.statusCode()).isEqualTo(412);
        assertThat(header(other, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(tus("alice", "a", 25L * 1024 * 1024 + 1).statusCode()).isEqualTo(413);
        assertThat(send("alice", "POST", "/api/rooms/" + room + "/files", null, "Tus-Resumable", "1.0.0").statusCode()).isEqualTo(400);
        assertThat(upload("alice", "large.bin", new byte[25 * 1024 * 1024 + 1]).statusCode()).isEqualTo(413);
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "moves 5 GB")
    void printsMemoryAndSpeedOfAHundredFilesOf25MiB() throws IOException {
        byte[] bytes = new byte[25 << 20];
        new Random(1).nextBytes(bytes);
        bytes[0] = 0;
        List<String> people = IntStream.range(0, 4).mapToObj(n -> "files-" + n + "-" + room).toList();
        people.forEach(person -> Http.of("alice").setsRole(room, person, "member"));
        long heap = Jcmd.liveBytes(TestServer.process());
        long start = System.nanoTime();
        List<String> files = people.parallelStream().flatMap(person -> IntStream.range(0, 25)
                .mapToObj(n -> id(upload(person, "large.bin", bytes)))).toList();
        String uploaded = megabytesPerSecond(files.size() * (long) bytes.length, start);
        start = System.nanoTime();
        // A file that no message carries is its uploader's alone.
        IntStream.range(0, files.size()).parallel()
                .forEach(n -> assertThat(read(people.get(n / 25), files.get(n)).body()).hasSize(bytes.length));
        System.out.printf("100 files of 25 MiB: %s up, %s down; live heap %d MB before and %d MB after; resident set at most %s%n",
                uploaded, megabytesPerSecond(files.size() * (long) bytes.length, start), heap >> 20,
                Jcmd.liveBytes(TestServer.process()) >> 20,
                Files.readAllLines(Path.of("/proc/" + TestServer.process().pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmHWM")).findFirst().orElseThrow());
    }

    private static String megabytesPerSecond(long bytes, long start) {
        return String.format("%.0f MB/s", bytes * 1e3 / (System.nanoTime() - start));
    }

    private HttpResponse<byte[]> upload(String user, String name, byte[] bytes) {
        return send(user, "POST", "/api/rooms/" + room + "/files?name=" + Http.escaped(name), bytes);
    }

    private HttpResponse<byte[]> tus(String user, String name, long length) {
        return send(user, "POST", "/api/rooms/" + room + "/files", null, "Tus-Resumable", "1.0.0", "Upload-Length", "" + length,
                "Upload-Metadata", "filename " + Base64.getEncoder().encodeToString(text(name)));
    }

    private HttpResponse<byte[]> patch(String user, String path, long offset, byte[] bytes) {
        return send(user, "PATCH", path, bytes, "Tus-Resumable", "1.0.0", "Upload-Offset", "" + offset,
                "Content-Type", "application/offset+octet-stream");
    }

    private long offset(String path) {
        return Long.parseLong(header(send("alice", "HEAD", path, null, "Tus-Resumable", "1.0.0"), "Upload-Offset"));
    }

    private String location(HttpResponse<byte[]> created) {
        assertThat(created.statusCode()).isEqualTo(201);
        return header(created, "Location").replaceFirst(".*(?=/api/)", "");
    }

    private HttpResponse<byte[]> read(String user, String id, String... headers) {
        return send(user, "GET", "/api/files/" + id, null, headers);
    }

    private Reply post(ChatClient client, String text, String... files) {
        return client.asks("message.post", Map.of("room", room, "key", UUID.randomUUID().toString(), "text", text, "files",
                List.of(files)));
    }

    private static HttpResponse<byte[]> send(String user, String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(Server.at(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (user != null) {
            request.header("Authorization", "Bearer " + Tokens.of(user));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        return new HttpAnswer(response.statusCode(), response.headers().map(), new String(response.body(), StandardCharsets.UTF_8))
                .json(201);
    }

    private static String id(HttpResponse<byte[]> response) {
        return json(response).get("id").stringValue();
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] png(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
