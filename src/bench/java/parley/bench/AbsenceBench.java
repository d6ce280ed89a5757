package parley.bench;

import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import parley.kit.ChatClient;
import parley.kit.Reply;
import tools.jackson.databind.JsonNode;

/** A person is away while messages of a room with a long history are edited: what resuming and reloading read, and how long they take. */
final class AbsenceBench {

    private static final int HISTORY = 1_000_000;
    private static final int EDITED = 1_000;
    private static final int AT_ONCE = 100;
    private static final int PAGE = 100;
    private static final String ROWS_READ = """
            select coalesce(sum(idx_tup_fetch + seq_tup_read), 0) from pg_stat_user_tables where relname = '%s'""";

    private final Parley parley;
    private final String room = Archive.name(0);
    private final List<Long> messages = new ArrayList<>();

    private AbsenceBench(Parley parley) {
        this.parley = parley;
    }

    static void run() throws SQLException {
        Console.progress("Starting Parley and PostgreSQL");
        try (Parley parley = Parley.onAllCores()) {
            new AbsenceBench(parley).measure();
        }
    }

    private void measure() throws SQLException {
        Console.progress("Inserting a room of 1,000,000 messages");
        Archive.fill(parley, 1, HISTORY);
        try (ChatClient alice = client("alice"); ChatClient bob = client("bob")) {
            alice.joins(room);
            for (int i = 0; i < EDITED / AT_ONCE; i++) {
                messages.addAll(all(alice, AT_ONCE, n -> command("message.post",
                        "key", "key-" + messages.size() + "-" + n, "text", "before")));
            }
            awayDuring(900, alice, bob);
            awayDuring(10_000, alice, bob);
        }
    }

    private void awayDuring(int edits, ChatClient alice, ChatClient bob) throws SQLException {
        JsonNode before = bob.asks("subscribe", Map.of("room", room, "last", 0)).ok();
        bob.asks("unsubscribe", Map.of("room", room)).ok();
        bob.received();
        alice.received();
        for (int i = 0; i < edits; i += AT_ONCE) {
            int first = i;
            all(alice, AT_ONCE, n -> {
                int edit = first + (int) n;
                return command("message.edit", "message", messages.get(edit % EDITED), "text", "edit " + edit + " of " + edits);
            });
            alice.received();
        }
        long rows = rowsRead("room_event");
        long start = System.nanoTime();
        JsonNode resumed = bob.asks("subscribe", Map.of("room", room, "since",
                Map.of("epoch", before.get("epoch"), "offset", before.get("offset")))).ok();
        boolean recovered = resumed.get("recovered").booleanValue();
        if (recovered) {
            require(bob.receivesLogged(edits).stream().map(event -> event.get("text").stringValue()).toList()
                    .equals(texts(0, edits, edits)), "The resume does not bring every edit in order");
        } else {
            reload(bob, edits);
        }
        long took = (System.nanoTime() - start) / 1_000_000;
        Console.print(String.format(Locale.ROOT, "away during %,d edits: recovered %s, %d ms, %,d rows of the log and %,d messages read",
                edits, recovered, took, rowsRead("room_event") - rows, recovered ? 0 : EDITED));
        bob.asks("unsubscribe", Map.of("room", room)).ok();
    }

    private void reload(ChatClient bob, int edits) {
        List<String> shown = new ArrayList<>();
        long before = Long.MAX_VALUE >> 11;
        while (shown.size() < EDITED) {
            JsonNode page = bob.asks("history", Map.of("room", room, "before", before, "limit", PAGE)).ok().get("messages");
            shown.addAll(0, page.valueStream().map(message -> message.get("text").stringValue()).toList());
            before = page.get(0).get("offset").longValue();
        }
        require(shown.equals(texts(edits - EDITED, edits, edits)), "The reload does not show the last version of every message");
    }

    private static List<String> texts(int from, int to, int edits) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            texts.add("edit " + i + " of " + edits);
        }
        return texts;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new BenchFailed(otherwise);
        }
    }

    // PostgreSQL writes its counts at most once a second, and when a session ends.
    private long rowsRead(String table) throws SQLException {
        parley.execute("select pg_stat_force_next_flush()", "select pg_sleep(1.5)");
        return Long.parseLong(parley.query(ROWS_READ.formatted(table)).getFirst());
    }

    private List<Long> all(ChatClient by, int count, LongFunction<Map<String, Object>> command) {
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Map<String, Object> fields = new HashMap<>(command.apply(n));
            String type = (String) fields.remove("type");
            replies.add(by.sends(type, fields));
        }
        return replies.stream().map(reply -> reply.join().offset()).toList();
    }

    private Map<String, Object> command(String type, Object... fieldsAndValues) {
        Map<String, Object> fields = new HashMap<>(Map.of("type", type, "room", room));
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            fields.put((String) fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        return fields;
    }

    private ChatClient client(String user) {
        return ChatClient.withToken(parley.token(user), URI.create(parley.base().toString().replaceFirst("http", "ws") + "/ws"));
    }
}
