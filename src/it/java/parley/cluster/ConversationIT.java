package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Reply;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * People on two instances change messages and memberships at random, one of them on three devices. A person who listened, one who was away
 * and one who reloads see the same, and the rebuilt tables hold it. Each time the system settles, what each of them has not read is the
 * same on every device and instance and over REST, and equals a recount from the log. In the long form, instances are killed meanwhile.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class ConversationIT {

    private static final boolean LONG = System.getProperty("parley.trial", "short").equals("long");
    private static final int STEPS = LONG ? 10_000 : 1_000;
    private static final int AT_ONCE = 20;
    private static final int STEPS_BETWEEN_ABSENCES = 100;
    private static final int STEPS_BETWEEN_COUNTS = 500;
    private static final int STEPS_BETWEEN_KILLS = LONG ? 2_000 : Integer.MAX_VALUE;
    private static final int STEPS_WITHOUT_INSTANCE = 500;
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(45);
    /** Few enough that each reaction names everyone. */
    private static final int PEOPLE = 8;
    private static final int DEVICES_OF_FIRST = 3;
    /** Enough that the limit of one user's commands is not reached by a reload. */
    private static final int READERS = 8;
    private static final List<String> EMOJIS = List.of("👍", "🚢", "❤️", "🎉");

    private final Cluster cluster = TestCluster.shared();
    private final List<Instance> alive = new ArrayList<>(cluster.instances());
    private final String room = UUID.randomUUID().toString();
    private final Random random = new Random(15);
    private final List<Device> devices = new ArrayList<>();
    private Listener alice;
    private Listener bob;
    private int counts;
    private int kills;

    @Test
    void everyoneSeesTheSame() throws Exception {
        opensRoom();
        chat();
        bob.isHere(alive.getLast());
        settles();
        List<JsonNode> messages = alice.known().messages();

        assertThat(bob.known().messages()).as("of the one who was away").isEqualTo(messages);
        assertThat(reload(messages)).as("of a reload").isEqualTo(messages);
        new UserAt(alive.getFirst(), "alice").posts("/api/administration/rooms/" + room + "/rebuild", Map.of());
        assertThat(reload(messages)).as("after a rebuild").isEqualTo(messages);
        assertThat(messages).anyMatch(message -> message.has("reactions")).anyMatch(message -> message.has("edited"))
                .anyMatch(message -> message.has("replies")).anyMatch(message -> message.has("pinned"))
                .anyMatch(message -> message.has("deleted"));
        numbersAgree();
        assertThat(kills).isEqualTo(STEPS / STEPS_BETWEEN_KILLS);
        System.out.printf("%,d steps, %,d events, %,d messages, %d absences, %d kills, %d counts%n", STEPS, alice.known().offset(),
                messages.size(), bob.absences(), kills, counts);
    }

    private void opensRoom() {
        new UserAt(alive.getFirst(), "alice").posts("/api/rooms", Map.of("id", room, "name", "Room " + room));
        try (ChatClient first = new UserAt(alive.getFirst(), "alice").connects()) {
            String epoch = first.asks("subscribe", Map.of("room", room, "last", 0)).ok().get("epoch").stringValue();
            alice = new Listener("alice", room, epoch, 0);
            bob = new Listener("bob", room, epoch, 0);
        }
        alice.isHere(alive.getFirst());
        Stream.concat(IntStream.range(0, PEOPLE).boxed(), Stream.generate(() -> 0).limit(DEVICES_OF_FIRST - 1))
                .forEach(person -> devices.add(new Device("person-" + person, room)));
        devices.forEach(device -> {
            device.connects(home(device));
            device.socket().asks("room.join", Map.of("room", room)).ok();
        });
    }

    @AfterEach
    void everyoneLeaves() {
        devices.forEach(Device::disconnects);
        Stream.of(alice, bob).filter(Objects::nonNull).forEach(Listener::isAway);
    }

    private Instance home(Device device) {
        return cluster.instance(devices.indexOf(device) % 2);
    }

    private void chat() throws SQLException {
        for (int step = 0; step < STEPS; step += AT_ONCE) {
            boolean kill = step % STEPS_BETWEEN_KILLS == STEPS_BETWEEN_KILLS / 2;
            actAtOnce(kill ? cluster.instance(kills % 2) : null);
            if (step / STEPS_BETWEEN_ABSENCES % 2 == 0) {
                bob.isHere(alive.getLast());
                bob.listens();
            } else {
                bob.isAway();
            }
            if (step % STEPS_BETWEEN_COUNTS == STEPS_BETWEEN_COUNTS - AT_ONCE) {
                settles();
                numbersAgree();
            }
            if (alive.size() == 1 && step % STEPS_BETWEEN_KILLS == STEPS_BETWEEN_KILLS / 2 + STEPS_WITHOUT_INSTANCE) {
                start();
            }
        }
    }

    // Some acts at once; an instance is killed meanwhile, or none if it is null.
    private void actAtOnce(Instance killed) {
        List<Long> known = alice.known().offsets();
        List<CompletableFuture<?>> acts = IntStream.range(0, AT_ONCE).<CompletableFuture<?>>mapToObj(n -> act(known)).toList();
        if (killed == null) {
            acts.forEach(CompletableFuture::join);
        } else {
            kill(killed);
            acts.forEach(act -> act.handle((reply, broken) -> reply).join());
        }
        alice.listens();
    }

    private void kill(Instance instance) {
        instance.kill();
        kills++;
        alive.remove(instance);
        devices.stream().filter(device -> device.isAt(instance)).forEach(device -> device.connects(alive.getFirst()));
        Stream.of(alice, bob).filter(listener -> listener.isAt(instance)).forEach(listener -> {
            listener.isAway();
            listener.isHere(alive.getFirst());
        });
    }

    private void start() {
        cluster.instances().stream().filter(instance -> !alive.contains(instance)).forEach(Instance::start);
        alive.clear();
        alive.addAll(cluster.instances());
        devices.stream().filter(device -> !device.isAt(home(device))).forEach(device -> {
            device.disconnects();
            device.connects(home(device));
        });
    }

    private CompletableFuture<?> act(List<Long> known) {
        String person = "person-" + random.nextInt(PEOPLE);
        List<Device> own = devices.stream().filter(device -> device.user().equals(person)).toList();
        Device device = own.get(random.nextInt(own.size()));
        if (random.nextInt(30) == 0) {
            return bans(person, random.nextInt(6) == 0);
        }
        return !alice.known().isMember(person) && random.nextBoolean() ? command(device, "room.join", Map.of("room", room))
                : changes(device, known);
    }

    private CompletableFuture<Integer> bans(String person, boolean on) {
        UserAt owner = new UserAt(alive.get(random.nextInt(alive.size())), "alice");
        return (on ? owner.puts("/api/rooms/" + room + "/bans", Map.of("user", person))
                : owner.deletes("/api/rooms/" + room + "/bans?user=" + person)).thenApply(status -> {
            assertThat(status).as("ban of %s", person).isEqualTo(204);
            return status;
        });
    }

    private CompletableFuture<Reply> changes(Device by, List<Long> known) {
        Map<String, Object> fields = new HashMap<>(Map.of("room", room));
        int kind = known.isEmpty() ? 0 : random.nextInt(12);
        if (kind > 2 && kind < 10) {
            // Mostly recent messages, so that many changes meet at one.
            fields.put("message", known.get(Math.max(0, known.size() - 1 - random.nextInt(random.nextBoolean() ? 10 : known.size()))));
        }
        return command(by, switch (kind) {
            case 0, 1, 2 -> {
                fields.putAll(Map.of("key", UUID.randomUUID().toString(), "text", "text " + random.nextInt(), "mentions",
                        List.of("alice", "person-" + random.nextInt(PEOPLE))));
                if (random.nextInt(10) == 0) {
                    fields.put("everyone", true);
                }
                if (kind == 2) {
                    fields.putAll(Map.of("thread", known.get(random.nextInt(known.size())), "also", random.nextBoolean()));
                }
                yield "message.post";
            }
            case 3, 4 -> {
                fields.put("text", "edited " + random.nextInt());
                yield "message.edit";
            }
            case 5 -> "message.delete";
            case 6, 7 -> {
                fields.put("emoji", EMOJIS.get(random.nextInt(EMOJIS.size())));
                yield "reaction.add";
            }
            case 8 -> {
                fields.put("emoji", EMOJIS.get(random.nextInt(EMOJIS.size())));
                yield "reaction.remove";
            }
            case 9 -> switch (random.nextInt(5)) {
                case 0 -> {
                    fields.remove("message");
                    yield "room.leave";
                }
                case 1, 2 -> "message.pin";
                default -> "message.unpin";
            };
            default -> {
                fields.putAll(Map.of("upto", known.get(random.nextInt(known.size())), "back", kind == 11));
                yield "read";
            }
        }, fields);
    }

    // A command beyond the limit of its user is sent again a second later.
    private CompletableFuture<Reply> command(Device by, String type, Map<String, Object> fields) {
        return by.socket().sends(type, fields).thenCompose(reply -> reply.json().at("/error/code").stringValue("").equals("rate_limited")
                ? CompletableFuture.supplyAsync(() -> by, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS))
                        .thenCompose(same -> command(same, type, fields))
                : CompletableFuture.completedFuture(reply));
    }

    // All that was committed has arrived.
    private void settles() throws SQLException {
        long head = head();
        await().atMost(SETTLES_WITHIN).until(() -> {
            alice.listens();
            bob.listens();
            return alice.known().offset() == head && (!bob.isListening() || bob.known().offset() == head);
        });
    }

    private long head() throws SQLException {
        try (Connection database = cluster.databaseConnection();
                PreparedStatement head = database.prepareStatement("select head from room where id = ?")) {
            head.setString(1, room);
            try (ResultSet row = head.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void numbersAgree() {
        counts++;
        devices.stream().map(Device::user).distinct().forEach(user -> await().pollInterval(Duration.ofMillis(500))
                .pollDelay(Duration.ZERO).atMost(SETTLES_WITHIN).untilAsserted(() -> numbersAgree(user)));
    }

    private void numbersAgree(String user) {
        List<Optional<Recount.Numbers>> told = new ArrayList<>(devices.stream().filter(device -> device.user().equals(user))
                .map(Device::told).toList());
        Optional<Recount.Numbers> expected = alice.known().numbers(user, told.getFirst().map(Recount.Numbers::read).orElse(0L));
        assertThat(told).as("told to the devices of %s", user).containsOnly(expected);
        for (Instance instance : alive) {
            UserAt there = new UserAt(instance, user);
            assertThat(Device.in(there.gets("/api/me/rooms"), room)).as("over REST to %s at %s", user, instance.name()).isEqualTo(expected);
            try (ChatClient another = there.connects()) {
                assertThat(Device.in(another.asks("watch", Map.of()).ok(), room)).as("to a new device of %s at %s", user, instance.name())
                        .isEqualTo(expected);
                if (expected.isPresent()) {
                    assertThat(Recount.Numbers.of(another.asks("subscribe", Map.of("room", room)).ok()))
                            .as("to a subscription of %s at %s", user, instance.name()).isEqualTo(expected.get());
                }
            }
        }
    }

    /** All messages as history shows them: those of the room, and the replies of each thread. */
    private List<JsonNode> reload(List<JsonNode> expected) {
        List<ChatClient> readers = IntStream.range(0, READERS)
                .mapToObj(n -> new UserAt(alive.get(n % alive.size()), "reader-" + n).connects()).toList();
        Map<Long, JsonNode> all = new TreeMap<>();
        pages(readers.getFirst(), Map.of(), all);
        List<Long> roots = expected.stream().filter(message -> message.has("thread")).map(message -> message.get("thread").longValue())
                .distinct().toList();
        for (int i = 0; i < roots.size(); i++) {
            pages(readers.get(i % READERS), Map.of("thread", roots.get(i)), all);
        }
        readers.forEach(ChatClient::close);
        return List.copyOf(all.values());
    }

    private void pages(ChatClient client, Map<String, ?> fields, Map<Long, JsonNode> into) {
        long after = 0;
        JsonNode page;
        do {
            Map<String, Object> asked = new HashMap<>(fields);
            asked.putAll(Map.of("room", room, "after", after, "limit", 100));
            page = client.asks("history", asked).ok();
            for (JsonNode message : page.get("messages")) {
                after = message.get("offset").longValue();
                into.put(after, withoutReader(message));
            }
        } while (page.get("more").booleanValue());
    }

    private static JsonNode withoutReader(JsonNode message) {
        message.path("reactions").forEach(reaction -> ((ObjectNode) reaction).remove("mine"));
        return message;
    }
}
