package parley.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.kit.Expected.cameOnline;
import static parley.kit.Expected.posted;
import static parley.kit.Expected.typing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.journal.LoggedFrame;
import parley.kit.ChatClient;
import parley.limits.Limit;
import parley.limits.Usage;
import parley.protocol.Event;
import parley.protocol.Frame;
import parley.protocol.User;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An attacker with the broker's password, beside two instances: nothing that it sends changes what users see or may do. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class ForgedPacketsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int FLOOD = 2_000;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Cluster cluster = TestCluster.shared();
    private final Instance first = cluster.instance(0);
    private final Instance second = cluster.instance(1);
    private Intruder intruder;
    private String room;
    private ChatClient alice;
    private ChatClient bob;

    @BeforeEach
    void alicePostsOnOneInstanceAndBobReadsOnTheOther() throws Exception {
        intruder = new Intruder(cluster.broker());
        room = makeRoom("public");
        awaitNodes();
        alice = connect("alice", first, room);
        bob = connect("bob", second, room);
        alice.receives(cameOnline("bob"));
        alice.posts("before");
        bob.receivesUpTo(posted("before"));
    }

    @AfterEach
    void end() {
        alice.close();
        bob.close();
        intruder.close();
    }

    @Test
    void theBrokersPasswordRevealsNothing() throws Exception {
        String cellar = makeRoom("private");
        try (ChatClient here = connect("alice", first, cellar); ChatClient there = connect("alice", second, cellar)) {
            int before = intruder.count();
            here.posts("bitter almonds");
            there.receives(posted("bitter almonds"));
            await("the intruder receives messages").atMost(TIMEOUT).until(() -> intruder.count() > before + 4);
        }
        for (String secret : List.of("bitter almonds", cellar, "alice", "message.posted", first.name())) {
            assertThat(intruder.headers()).doesNotContain(secret);
            assertThat(intruder.recorded()).noneMatch(content -> contains(content, secret.getBytes(UTF_8)))
                    .noneMatch(content -> contains(content, Base64.getEncoder().withoutPadding().encode(secret.getBytes(UTF_8))));
        }
    }

    @Test
    void forgedPacketsChangeNothing() throws Exception {
        long next = alice.posts("one") + 1;
        bob.receivesUpTo(posted("one"));
        changesNothing(7, () -> {
            Sealer forger = new Sealer(SealTest.secret(666), UUID.randomUUID());
            for (Packet packet : forged(next)) {
                intruder.send(forger.seal(message(packet)));
            }
        });
        bob.posts("bob's own");
        alice.receives(posted("bob's own"));
        try (ChatClient carol = connect("carol", second, room)) {
            assertThat(carol.hello().has("session")).as("quotas are unchanged").isTrue();
        }
    }

    @Test
    void messagesWithoutASealChangeNothing() throws Exception {
        changesNothing(8, () -> {
            intruder.send(context -> {
                var text = context.createTextMessage("grown\t" + room + "\te\t3\t1\n{}\nleaving\n");
                text.setStringProperty("node", second.name());
                return text;
            });
            intruder.send(context -> context.createMessage());
            intruder.send(context -> context.createObjectMessage("an object"));
            intruder.send(context -> {
                var map = context.createMapMessage();
                map.setString("node", "x");
                return map;
            });
            intruder.send(context -> {
                var stream = context.createStreamMessage();
                stream.writeString("x");
                return stream;
            });
            intruder.send(new byte[0]);
            intruder.send(new byte[] {Seal.VERSION});
            intruder.send(new byte[Unsealer.MAX_BYTES + 1]);
        });
    }

    @Test
    void aCompressedMessageReachesNoInstance() throws Exception {
        int heard = intruder.count();
        changesNothing(1, () -> {
            intruder.send(context -> {
                var bomb = context.createBytesMessage();
                bomb.writeBytes(new byte[32 << 20]);
                bomb.setBooleanProperty("JMS_SUN_COMPRESS", true);
                return bomb;
            });
            intruder.send(new byte[1]);
        });
        await("both messages reached the topic").atMost(TIMEOUT).until(() -> intruder.count() >= heard + 2);
    }

    @Test
    void replayedMessagesChangeNothing() throws Exception {
        bob.types(true);
        alice.receives(typing("bob", true));
        for (int i = 0; i < 20; i++) {
            alice.posts("post " + i);
        }
        bob.receivesUpTo(posted("post 19"));
        alice.receivedSoFar();
        List<byte[]> recorded = intruder.recorded();
        List<byte[]> changed = new ArrayList<>(recorded.reversed());
        recorded.forEach(message -> changed.add(Arrays.copyOf(message, message.length - 1)));
        recorded.forEach(message -> changed.add(flipped(message)));
        changed.addAll(recorded);
        changesNothing(changed.size(), () -> changed.forEach(intruder::send));
    }

    @Test
    void messagesFromBeforeARestartChangeNothing() throws Exception {
        bob.types(true);
        alice.receives(typing("bob", true));
        move(second);
        List<byte[]> recorded = intruder.recorded();
        first.kill();
        first.start();
        awaitNodes();
        move(first);
        alice.posts("after the restart");
        bob.receivesUpTo(posted("after the restart"));
        alice.receivedSoFar();

        changesNothing(recorded.size() / 2, () -> recorded.forEach(intruder::send));
        await("no instance accepts the old incarnation").during(Duration.ofSeconds(1)).atMost(TIMEOUT)
                .until(() -> metric(first, "parley_bus_nodes") == 1 && metric(second, "parley_bus_nodes") == 1);
    }

    @Test
    void aFloodIsOneLogLineAndDelaysNobody() throws Exception {
        changesNothing(1, () -> intruder.send(new byte[1]));
        long before = Files.size(second.log());
        changesNothing(FLOOD, () -> {
            byte[] message = new Sealer(SealTest.secret(666), UUID.randomUUID()).seal(message(new Packet.Leaving()));
            for (int i = 0; i < FLOOD; i++) {
                intruder.send(message);
            }
        });
        String since = Files.readString(second.log()).substring((int) before);
        assertThat(since.lines().filter(line -> line.contains("message(s) on the topic")).count()).isLessThanOrEqualTo(1);
        assertThat(since).doesNotContain("\tat ").hasSizeLessThan(5_000);
    }

    @Test
    void theLogDecidesWhenAnInstanceIsBehindOrAhead() throws Exception {
        String epoch = bob.subscribes(room).get("epoch").stringValue();
        long next = alice.posts("one") + 1;
        bob.receivesUpTo(posted("one"));
        Sealer wrong = join(UUID.randomUUID());
        changesNothing(0, () -> {
            intruder.send(wrong.seal(message(grown(next, "another epoch"))));
            intruder.send(wrong.seal(message(grown(next + 5, epoch))));
            intruder.send(wrong.seal(message(grown(1, epoch))));
        });
        intruder.send(wrong.seal(message(new Packet.Leaving())));
        awaitNodes();
    }

    // Opens the new connection before closing the old one, so no presence event is sent.
    private void move(Instance to) throws Exception {
        ChatClient next = connect("alice", to, room);
        alice.close();
        alice = next;
    }

    // Plays another instance, which has the installation's key and answers challenges.
    private Sealer join(UUID incarnation) throws Exception {
        byte[] secret = secret();
        Sealer sealer = new Sealer(secret, incarnation);
        Unsealer unsealer = new Unsealer(secret);
        Set<Packet> answered = new HashSet<>();
        await("both instances count it").atMost(TIMEOUT).until(() -> {
            intruder.send(sealer.seal(message(new Packet.Heartbeat(0))));
            for (byte[] message : intruder.recorded()) {
                if (unsealer.open(message) instanceof Unsealed.Message opened) {
                    for (Packet packet : PacketReader.read(opened.content()).packets()) {
                        if (packet instanceof Packet.Challenge challenge && challenge.incarnation().equals(incarnation)
                                && answered.add(challenge)) {
                            intruder.send(sealer.seal(message(new Packet.Response(opened.incarnation(), challenge.nonce()))));
                        }
                    }
                }
            }
            return metric(first, "parley_bus_nodes") == 2 && metric(second, "parley_bus_nodes") == 2;
        });
        return sealer;
    }

    private byte[] secret() throws SQLException {
        try (Connection database = cluster.databaseConnection(); Statement sql = database.createStatement();
                ResultSet row = sql.executeQuery("select secret from installation_key")) {
            row.next();
            return HexFormat.of().parseHex(row.getString(1));
        }
    }

    private interface Attack {
        void run() throws Exception;
    }

    // Both instances refuse everything that the attack sends, and users see exactly what is posted meanwhile.
    private void changesNothing(int refused, Attack attack) throws Exception {
        alice.receivedSoFar();
        bob.receivedSoFar();
        long atFirst = metric(first, "parley_bus_refused_total");
        long atSecond = metric(second, "parley_bus_refused_total");
        attack.run();
        long offset = alice.posts("meanwhile " + refused);
        JsonNode meanwhile = bob.receives(posted("meanwhile " + refused));
        assertThat(meanwhile.get("offset").longValue()).isEqualTo(offset);
        assertThat(meanwhile.get("by").get("id").stringValue()).isEqualTo("alice");
        await("both instances refuse the messages").atMost(TIMEOUT)
                .until(() -> metric(first, "parley_bus_refused_total") >= atFirst + refused
                && metric(second, "parley_bus_refused_total") >= atSecond + refused);
        alice.posts("after " + refused);
        List<JsonNode> seen = bob.receivesUpTo(posted("after " + refused)).stream().filter(event -> !isRealPresence(event)).toList();
        assertThat(seen).as("nothing else").hasSize(1);
        assertThat(seen.getFirst().get("offset").longValue()).isEqualTo(offset + 1);
        assertThat(alice.receivedSoFar()).filteredOn(event -> !event.path("text").asString("").endsWith(" " + refused))
                .filteredOn(event -> !isRealPresence(event)).isEmpty();
    }

    // Presence is sent with a delay of 250 ms, and one by one after a restart, so a real event may arrive during an attack. The forged
    // packets claim that carol comes online or that bob goes offline.
    private static boolean isRealPresence(JsonNode event) {
        return event.path("type").asString("").equals("presence") && !event.has("left")
                && event.get("online").valueStream().allMatch(id -> List.of("alice", "bob").contains(id.stringValue()));
    }

    private Packet grown(long next, String epoch) {
        String frame = ("{\"type\":\"message.posted\",\"room\":\"%s\",\"offset\":%d,\"at\":\"2026-01-01T00:00:00.000Z\","
                + "\"by\":{\"id\":\"carol\",\"name\":\"carol\"},\"key\":\"k\",\"text\":\"never said\"}").formatted(room, next);
        return new Packet.Appended(room, epoch, List.of(new LoggedFrame(next, new Frame(frame))));
    }

    private List<Packet> forged(long next) {
        return List.of(grown(next, "e"),
                new Packet.Typing(new Event.Typing(room, new User("carol", "carol"), true)),
                new Packet.Presence(1, room, List.of("carol"), List.of("bob")),
                new Packet.Snapshot(1, 1, 1, Map.of(room, List.of("carol"))),
                new Packet.QuotaUse(new Usage(Limit.USER_CONNECTIONS, Map.of("carol", 1_000L))),
                new Packet.QuotaUse(new Usage(Limit.COMMANDS, Map.of("carol", 1_000_000L, "bob", 1_000_000L))),
                new Packet.Leaving());
    }

    private static ByteBuffer message(Packet packet) {
        BusMessageBuilder builder = new BusMessageBuilder("parley-1");
        builder.add(PacketWriter.write(packet));
        return builder.build();
    }

    private static byte[] flipped(byte[] message) {
        byte[] flipped = message.clone();
        flipped[message.length / 2] ^= 1;
        return flipped;
    }

    private static boolean contains(byte[] content, byte[] part) {
        for (int i = 0; i + part.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private void awaitNodes() {
        for (Instance instance : cluster.instances()) {
            await(instance.name() + " knows the other instance").atMost(TIMEOUT).until(() -> metric(instance, "parley_bus_connected") == 1
                    && metric(instance, "parley_bus_nodes") == 1);
        }
    }

    private long metric(Instance instance, String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(instance.base() + "/metrics")).build();
        return http.send(request, BodyHandlers.ofString()).body().lines().filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).findFirst().orElse(0);
    }

    private String makeRoom(String kind) throws Exception {
        String body = JSON.writeValueAsString(Map.of("name", "Plaza " + UUID.randomUUID(), "kind", kind));
        return JSON.readTree(send(first, "/api/rooms", body, "Bearer " + token("alice", first))).get("id").stringValue();
    }

    private ChatClient connect(String user, Instance instance, String room) throws Exception {
        return ChatClient.withToken(token(user, instance), instance.socket("/ws")).joins(room);
    }

    private String token(String user, Instance instance) throws Exception {
        return JSON.readTree(send(instance, "/dev/token", JSON.writeValueAsString(Map.of("user", user)), "")).get("token").stringValue();
    }

    private String send(Instance instance, String path, String body, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(instance.base() + path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }
}
