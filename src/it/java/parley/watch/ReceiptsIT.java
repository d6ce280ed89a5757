package parley.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Reply;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/** What it costs the listeners of a room that many people read at once. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class ReceiptsIT {

    private static final int READERS = 50;
    private static final int LISTENERS = 3;
    private static final int MESSAGES = 60;

    private final String id = UUID.randomUUID().toString();
    private final String large = "large-" + id;
    private final String small = "small-" + id;

    /** What one listener received of a room. */
    private record Traffic(int messages, long messageBytes, int receipts, long receiptBytes) {

        static Traffic of(List<JsonNode> events, String room) {
            List<JsonNode> messages = ofType(events, room, "message.posted");
            List<JsonNode> receipts = ofType(events, room, "read");
            return new Traffic(messages.size(), bytes(messages), receipts.size(), bytes(receipts));
        }

        private static List<JsonNode> ofType(List<JsonNode> events, String room, String type) {
            return events.stream().filter(event -> event.path("type").asString("").equals(type)
                    && event.path("room").asString("").equals(room)).toList();
        }

        private static long bytes(List<JsonNode> events) {
            return events.stream().mapToLong(event -> event.toString().getBytes(StandardCharsets.UTF_8).length).sum();
        }
    }

    // As rows, before the server knows the room: a thousand joins would take longer than the test.
    private static void create(String room, int members) throws SQLException {
        try (Connection connection = TestServer.databaseConnection(); Statement sql = connection.createStatement()) {
            sql.execute("""
                    insert into room (id, epoch, head, name, kind, created) values ('%1$s', 'e', 0, '%1$s', 'public', 0)""".formatted(room));
            sql.execute("""
                    insert into membership (room, user_id, user_name, role, since_offset)
                    select '%s', 'person-' || n, 'Person ' || n, 'member', 0 from generate_series(0, %d) n""".formatted(room, members - 1));
        }
    }

    @Test
    void receiptsAreAFifthOfTheMessagesAtMostAndNoneInALargeRoom() throws SQLException {
        create(large, 1_000);
        create(small, 100);
        List<ChatClient> people = IntStream.range(0, READERS + LISTENERS).mapToObj(n -> ChatClient.of("person-" + n)).toList();
        try {
            for (ChatClient person : people) {
                assertThat(person.subscribes(large).has("readers")).isFalse();
                assertThat(person.subscribes(small).get("readers")).hasSize(100);
            }
            List<ChatClient> readers = people.subList(0, READERS);
            // First in the large room: its receipts would come first.
            readAll(readers, people.getLast(), large);
            long last = readAll(readers, people.getLast(), small);
            for (ChatClient listener : people.subList(READERS, people.size())) {
                List<JsonNode> events = listener.receivesUpTo(everyoneHasRead(last));
                Traffic inSmall = Traffic.of(events, small);
                Traffic inLarge = Traffic.of(events, large);
                System.out.printf("100 members, %d read at once: %d messages of %,d bytes, %d receipts of %,d bytes (%.0f %% of the bytes). "
                        + "1,000 members: %d messages, %d receipts%n", READERS, inSmall.messages, inSmall.messageBytes, inSmall.receipts,
                        inSmall.receiptBytes, 100.0 * inSmall.receiptBytes / inSmall.messageBytes, inLarge.messages, inLarge.receipts);
                assertThat(inSmall.messages).isEqualTo(MESSAGES);
                assertThat(inSmall.receipts).isPositive().isLessThanOrEqualTo(MESSAGES / 5);
                assertThat(inSmall.receiptBytes).isLessThanOrEqualTo(inSmall.messageBytes / 5);
                assertThat(inLarge.messages).isEqualTo(MESSAGES);
                assertThat(inLarge.receipts).isZero();
            }
        } finally {
            people.forEach(ChatClient::close);
        }
    }

    // Returns the offset of the last message, which all readers have read.
    private static long readAll(List<ChatClient> readers, ChatClient author, String room) {
        long message = 0;
        for (int i = 0; i < MESSAGES; i++) {
            message = author.asks("message.post", Map.of("room", room, "key", "key-" + i, "text", "message " + i + " " + "x".repeat(100)))
                    .offset();
            long upTo = message;
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            readers.forEach(reader -> replies.add(reader.sends("read", Map.of("room", room, "upto", upTo))));
            replies.forEach(reply -> reply.join().ok());
        }
        return message;
    }

    // Folds all receipts of the room: the last of them may be several.
    private Expected everyoneHasRead(long last) {
        Map<String, Long> read = new HashMap<>();
        return new Expected(READERS + " markers at " + last, event -> {
            if (event.path("room").asString("").equals(small) && event.path("type").asString("").equals("read")) {
                event.path("readers").forEach(reader -> read.put(reader.get("user").stringValue(), reader.get("upto").longValue()));
                if (event.has("by")) {
                    read.put(event.at("/by/id").stringValue(), event.get("upto").longValue());
                }
            }
            return read.size() == READERS && read.values().stream().allMatch(upTo -> upTo == last);
        });
    }
}
