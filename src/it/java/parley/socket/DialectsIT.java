package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.RawFrame;
import parley.kit.RawSocket;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** The dialects of the socket: CBOR in binary frames, STOMP, and compressed messages. */
class DialectsIT {

    private static final CBORMapper CBOR = new CBORMapper();
    private static final String OFFER = "permessage-deflate; client_max_window_bits";
    private static final int COMPRESSED_TEXT = RawFrame.FIN | RawFrame.COMPRESSED | RawFrame.TEXT;

    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);

    @Test
    void refusesTextAndWhatIsNoMapInCbor() {
        try (RawSocket bob = cbor()) {
            bob.sends(RawFrame.text("{\"id\":1,\"type\":\"ping\"}"));
            assertThat(refusal(bob)).contains("Send CBOR");
            bob.sends(binary(new byte[] {(byte) 0xff}));
            assertThat(refusal(bob)).contains("not one CBOR map");
            bob.sends(command(Map.of("id", 1, "type", "ping", "unknown", 1)));
            assertThat(next(bob).at("/error/code").stringValue()).isEqualTo("bad_request");
            bob.sends(command(Map.of("id", 2, "type", "ping")));
            assertThat(next(bob).has("ok")).isTrue();
        }
    }

    @Test
    void carriesTheSameConversationInCbor() {
        try (RawSocket bob = cbor()) {
            bob.sends(command(Map.of("id", 1, "type", "subscribe", "room", room)));
            long from = next(bob).at("/ok/offset").longValue();
            alice.received();
            long first = alice.posts("hello 👋");
            alice.posts("ü".repeat(3_000));
            alice.asks("reaction.add", Map.of("room", room, "message", first, "emoji", "👍")).ok();
            bob.sends(command(Map.of("id", 2, "type", "room.join", "room", room)),
                    command(Map.of("id", 3, "type", "message.post", "room", room, "key", UUID.randomUUID().toString(), "text", "in CBOR")));

            List<JsonNode> seen = alice.receivesLogged(5);
            List<byte[]> frames = logged(bob, 5);
            for (int i = 0; i < seen.size(); i++) {
                assertThat(CBOR.readTree(frames.get(i))).isEqualTo(seen.get(i));
                assertThat(frames.get(i)).as("the bytes of %s", seen.get(i)).isEqualTo(CBOR.writeValueAsBytes(seen.get(i)));
            }
            assertThat(seen.getLast().get("text").stringValue()).isEqualTo("in CBOR");

            try (RawSocket back = cbor()) {
                back.sends(command(Map.of("id", 1, "type", "subscribe", "room", room, "since",
                        Map.of("epoch", alice.asks("subscribe", Map.of("room", room)).ok().get("epoch").stringValue(), "offset", from))));
                assertThat(next(back).at("/ok/recovered").booleanValue()).isTrue();
                assertThat(logged(back, 5)).as("replayed").usingElementComparator(Arrays::compare).isEqualTo(frames);
            }
        }
    }

    @Test
    void compressesPagesAndReadsCompressedCommands() throws DataFormatException {
        for (int i = 0; i < 50; i++) {
            alice.posts("Message " + i + ": the quick brown fox jumps over the lazy dog");
        }
        try (RawSocket bob = Handshake.of("bob").with("Sec-WebSocket-Extensions", OFFER).opens()) {
            assertThat(bob.answered().header("Sec-WebSocket-Extensions"))
                    .contains("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
            bob.sends(RawFrame.of(COMPRESSED_TEXT, deflate(("{\"id\":7,\"type\":\"history\",\"room\":\"" + room
                    + "\",\"limit\":50}").getBytes(java.nio.charset.StandardCharsets.UTF_8))));
            RawFrame page = bob.readsAfterPings();
            assertThat(page.isCompressed()).isTrue();
            byte[] content = inflate(page.payload());
            JsonNode reply = Json.read(new String(content, java.nio.charset.StandardCharsets.UTF_8));
            assertThat(reply.get("re").intValue()).isEqualTo(7);
            assertThat(reply.at("/ok/messages")).hasSize(50);
            System.out.printf("A page of 50 messages: %,d of %,d bytes%n", page.payload().length, content.length);
            assertThat(page.payload().length).isLessThan(content.length * 35 / 100);
            bob.sends(RawFrame.text("{\"id\":8,\"type\":\"ping\"}"));
            assertThat(bob.readsAfterPings().isCompressed()).as("a small frame").isFalse();
        }
    }

    @Test
    void compressesWithTheNpmPackageWs() throws Exception {
        Path folder = packages();
        for (int i = 0; i < 50; i++) {
            alice.posts("Message " + i);
        }
        Http.of("alice").put("/api/rooms/" + room + "/members", Map.of("user", "bob", "role", "member"));
        assertThat(runs(folder, "node", "compressed.js", Server.socket().toString(), Tokens.of("bob"), room).orElse("failed").lines())
                .containsExactly("permessage-deflate", "50 messages", "stored", "closed 1000");
    }

    // A folder with the programs and their npm packages.
    private static Path packages() throws IOException, InterruptedException {
        Path folder = Path.of(System.getProperty("basedir", ""), "target/ws").toAbsolutePath();
        Files.createDirectories(folder);
        for (String file : List.of("package.json", "compressed.js", "stomp.js")) {
            Files.copy(Path.of(System.getProperty("basedir", ""), "src/it/javascript/ws", file), folder.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        assumeTrue(runs(folder, "npm", "install", "--prefer-offline", "--no-package-lock", "--no-audit", "--no-fund").isPresent(),
                "Node or npm is not installed, or npm could not install the packages");
        return folder;
    }

    @Test
    void resumesWithTheNpmPackageStompjs() throws Exception {
        Path folder = packages();
        Http.of("alice").put("/api/rooms/" + room + "/members", Map.of("user", "bob", "role", "member"));
        assertThat(runs(folder, "node", "stomp.js", Server.socket().toString(), Tokens.of("bob"), room).orElse("failed").lines())
                .containsExactly("again: duplicate true", "resumed: true,true,true,true", "texts: true", "offsets: true",
                        "headers: one: two\\ message.posted true", "alive: true", "disconnected");
    }

    @Test
    void refusesBrokenStompWithErrorAndClose() {
        assertThat(ends(stomp(Handshake.anonymous(), "SEND\nreceipt:r\n\n\0"))).isEqualTo("bad_request 4002");
        assertThat(ends(stomp(Handshake.anonymous(), "CONNECT\naccept-version:1.2\npasscode:no token\n\n\0")))
                .isEqualTo("unauthorized 4001");
        assertThat(ends(stomp(Handshake.anonymous(), "CONNECT\naccept-version:1.1\n\n\0"))).isEqualTo("bad_request 4002");
        assertThat(ends(stomp(Handshake.of("alice"), connect("bob")))).as("the token of another person").isEqualTo("forbidden 4003");
        assertThat(ends(connected("NONE\n\n\0"))).isEqualTo("bad_request 4002");
        assertThat(ends(connected("SEND\ndestination:/rooms/\\t\n\n\0"))).as("an undefined escape").isEqualTo("bad_request 4002");
        assertThat(ends(connected("SUBSCRIBE\nid:0\ndestination:/rooms/" + room + "\nack:client\n\n\0"))).isEqualTo("bad_request 4002");
        assertThat(ends(connected("SUBSCRIBE\nid:0\ndestination:/rooms/unknown\n\n\0"))).isEqualTo("not_found 4003");
        try (RawSocket bob = connected("SEND\ndestination:/rooms/" + room + "\nreceipt:a\\nb\n\nno key\0")) {
            assertThat(bob.readsAfterPings().text()).contains("\nmessage:bad_request\n", "\nreceipt-id:a\\nb\n").endsWith("}\0");
            assertThat(bob.closeCode()).isEqualTo(4002);
        }
    }

    @Test
    void refusesStompWithoutConnectInTime() {
        assertThat(ends(stomp(Handshake.anonymous(), "\n"))).isEqualTo("unauthorized 4001");
    }

    private static RawSocket connected(String frame) {
        RawSocket socket = stomp(Handshake.anonymous(), connect("bob"));
        assertThat(socket.readsAfterPings().text()).startsWith("CONNECTED\nversion:1.2\n").contains("\nuser-name:bob\n");
        return socket.sends(RawFrame.text(frame));
    }

    private static String connect(String user) {
        return "CONNECT\naccept-version:1.2\npasscode:" + Tokens.of(user) + "\n\n\0";
    }

    private static RawSocket stomp(Handshake handshake, String frame) {
        return RawSocket.requesting(handshake.with("Sec-WebSocket-Protocol", "v12.stomp")).sends(RawFrame.text(frame));
    }

    // The code of the ERROR, and that of the close frame.
    private static String ends(RawSocket socket) {
        try (socket) {
            String error = socket.readsAfterPings().text();
            assertThat(error).startsWith("ERROR\n");
            int from = error.indexOf("message:") + "message:".length();
            return error.substring(from, error.indexOf('\n', from)) + " " + socket.closeCode();
        }
    }

    // What the program prints; empty if it can't run or fails.
    private static Optional<String> runs(Path folder, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    @Test
    void closesOnACompressedMessageThatIsTooLargeOrBroken() {
        byte[] bomb = deflate(new byte[20_000_000]);
        assertThat(bomb.length).isLessThan(65_536);
        assertThat(closeCode(OFFER, RawFrame.of(COMPRESSED_TEXT, bomb))).isEqualTo(1009);
        assertThat(closeCode(OFFER, RawFrame.of(COMPRESSED_TEXT, new byte[] {(byte) 0xff, (byte) 0xff}))).isEqualTo(1007);
        assertThat(closeCode(OFFER, RawFrame.firstFragment("{"), RawFrame.of(RawFrame.FIN | RawFrame.COMPRESSED, new byte[1])))
                .as("the bit in a later fragment").isEqualTo(1002);
        assertThat(closeCode(OFFER, RawFrame.of(RawFrame.FIN | RawFrame.COMPRESSED | RawFrame.PING, new byte[0]))).isEqualTo(1002);
        assertThat(closeCode("other", RawFrame.of(COMPRESSED_TEXT, deflate(new byte[1])))).as("not negotiated").isEqualTo(1002);
    }

    private static int closeCode(String offer, RawFrame... frames) {
        try (RawSocket socket = Handshake.of("carol").with("Sec-WebSocket-Extensions", offer).opens()) {
            return socket.sends(frames).closeCode();
        }
    }

    private static RawSocket cbor() {
        RawSocket socket = RawSocket.requesting(Handshake.of("bob").with("Sec-WebSocket-Protocol", "other, parley.v1.cbor, parley.v1"));
        assertThat(socket.answered().header("Sec-WebSocket-Protocol")).contains("parley.v1.cbor");
        assertThat(next(socket).get("type").stringValue()).isEqualTo("hello");
        return socket;
    }

    private static RawFrame command(Map<String, ?> fields) {
        return binary(CBOR.writeValueAsBytes(fields));
    }

    private static RawFrame binary(byte[] content) {
        return RawFrame.of(RawFrame.FIN | RawFrame.BINARY, content);
    }

    private static JsonNode next(RawSocket socket) {
        RawFrame frame = socket.readsAfterPings();
        assertThat(frame.opcode()).isEqualTo(RawFrame.BINARY);
        return CBOR.readTree(frame.payload());
    }

    private static String refusal(RawSocket socket) {
        JsonNode reply = next(socket);
        assertThat(reply.get("re").isNull()).isTrue();
        return reply.at("/error/message").stringValue();
    }

    private static List<byte[]> logged(RawSocket socket, int count) {
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < count) {
            RawFrame frame = socket.readsAfterPings();
            JsonNode json = CBOR.readTree(frame.payload());
            if (json.has("type") && json.has("offset")) {
                frames.add(frame.payload());
            }
        }
        return frames;
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(content);
        byte[] out = new byte[content.length + 64];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - 4);
    }

    private static byte[] inflate(byte[] payload) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        byte[] input = Arrays.copyOf(payload, payload.length + 4);
        input[payload.length + 2] = (byte) 0xff;
        input[payload.length + 3] = (byte) 0xff;
        inflater.setInput(input);
        byte[] out = new byte[1 << 20];
        int length = inflater.inflate(out);
        inflater.end();
        return Arrays.copyOf(out, length);
    }
}
