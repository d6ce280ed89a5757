package parley.bench;

import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import parley.kit.ChatClient;
import parley.kit.Reply;
import tools.jackson.databind.JsonNode;

/**
 * A person of 500 rooms with ten million messages watches: how long the reply takes. Then 1,000 members of one room read it through: how
 * many rows that writes.
 */
final class WatchBench {

    private static final int ROOMS = 500;
    private static final int MESSAGES = 20_000;
    private static final int WARM_UP = 50;
    private static final int WATCHES = 500;
    private static final int MEMBERS = 1_000;
    private static final int STEPS = 100;
    private static final int AT_ONCE = 100;
    /** Most rooms are read, some have a few unread messages, and some have never been opened. */
    private static final String READER = """
            insert into membership (room, user_id, user_name, role, since_offset) select id, 'reader', 'reader', 'member', 0 from room
            where id like 'archive-%'""";
    private static final String MARKERS = """
            insert into read_marker (user_id, room, upto, changed_at) select 'reader', 'archive-' || n, case
                when n % 50 = 0 then 0 when n % 10 = 0 then ${head} - 500 when n % 3 = 0 then ${head} - 1 - n % 50 else ${head} end, 0
            from generate_series(0, ${rooms} - 1) n""";
    private static final String WRITTEN = """
            select n_tup_ins || ' inserted, ' || n_tup_upd || ' updated' from pg_stat_user_tables where relname = 'read_marker'""";

    private final Parley parley;

    private WatchBench(Parley parley) {
        this.parley = parley;
    }

    static void run() throws SQLException {
        Console.progress("Starting Parley and PostgreSQL");
        try (Parley parley = Parley.onAllCores()) {
            new WatchBench(parley).measure();
        }
    }

    private void measure() throws SQLException {
        Console.progress(String.format(Locale.ROOT, "Inserting %,d rooms of %,d messages", ROOMS, MESSAGES));
        long start = System.nanoTime();
        Archive.fill(parley, ROOMS, MESSAGES);
        parley.execute(READER, MARKERS.replace("${head}", String.valueOf(MESSAGES)).replace("${rooms}", String.valueOf(ROOMS)),
                "analyze membership", "analyze read_marker");
        Console.print(String.format(Locale.ROOT, "%,d messages inserted within %d s; the database has %s", (long) ROOMS * MESSAGES,
                (System.nanoTime() - start) / 1_000_000_000, parley.query("select pg_size_pretty(pg_database_size(current_database()))")
                        .getFirst()));
        watch();
        read();
    }

    private void watch() {
        try (ChatClient reader = client("reader")) {
            long[] micros = new long[WATCHES];
            JsonNode rooms = null;
            for (int i = -WARM_UP; i < WATCHES; i++) {
                long start = System.nanoTime();
                rooms = reader.asks("watch", Map.of()).ok().get("rooms");
                micros[Math.max(0, i)] = (System.nanoTime() - start) / 1_000;
            }
            Arrays.sort(micros);
            long unread = rooms.valueStream().mapToLong(room -> room.get("unread").longValue()).sum();
            Console.print(String.format(Locale.ROOT, "watch of %d rooms with %,d unread messages: p50 %.1f ms, p99 %.1f ms", rooms.size(),
                    unread, micros[WATCHES / 2] / 1_000.0, micros[WATCHES * 99 / 100] / 1_000.0));
        }
    }

    private void read() throws SQLException {
        String room = Archive.name(0);
        parley.execute("select pg_stat_reset()");
        int reads = 0;
        for (int first = 0; first < MEMBERS; first += AT_ONCE) {
            List<ChatClient> members = IntStream.range(first, first + AT_ONCE).mapToObj(n -> client("member-" + n).joins(room)).toList();
            for (int step = 0; step < STEPS; step++) {
                long message = members.getFirst().posts("message " + first + "-" + step);
                List<CompletableFuture<Reply>> replies = new ArrayList<>();
                for (ChatClient member : members) {
                    replies.add(member.sends("read", Map.of("room", room, "upto", message)));
                }
                replies.forEach(reply -> reply.join().ok());
                reads += replies.size();
                members.forEach(ChatClient::received);
            }
            members.forEach(ChatClient::close);
        }
        parley.execute("select pg_stat_force_next_flush()", "select pg_sleep(3)");
        Console.print(String.format(Locale.ROOT, "%,d reads of %,d members: %s; %s rows", reads, MEMBERS, parley.query(WRITTEN).getFirst(),
                parley.query("select count(*) from read_marker where user_id like 'member-%'").getFirst()));
    }

    private ChatClient client(String user) {
        return ChatClient.withToken(parley.token(user), URI.create(parley.base().toString().replaceFirst("http", "ws") + "/ws"));
    }
}
