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
 * 1,000 members of one room with 100,000 messages read it through, each in a hundred steps: how many rows that writes. Then a person of
 * 500 rooms with ten million messages watches: how long the reply takes.
 */
final class WatchBench {

    private static final int ROOMS = 500;
    /** In each room. */
    private static final int MESSAGES = Integer.getInteger("parley.bench.messages") / ROOMS;
    private static final int WARM_UP = 200;
    private static final int WATCHES = 500;
    private static final double MOST_MILLIS = 50;
    private static final String READ_THROUGH = "read-through";
    private static final int LENGTH = 100_000;
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
                "vacuum analyze membership", "vacuum analyze read_marker",
                "vacuum analyze room_event");
        Console.print(String.format(Locale.ROOT, "%,d messages inserted within %d s; the database has %s", (long) ROOMS * MESSAGES,
                (System.nanoTime() - start) / 1_000_000_000, parley.query("select pg_size_pretty(pg_database_size(current_database()))")
                        .getFirst()));
        read();
        watch();
    }

    private void watch() {
        try (ChatClient reader = client("reader")) {
            long[] micros = new long[WATCHES];
            JsonNode rooms = null;
            for (int i = -WARM_UP; i < WATCHES; i++) {
                long start = System.nanoTime();
                rooms = reader.asks("watch", Map.of()).ok().get("rooms");
                micros[Math.max(0, i)] = (System.nanoTime() - start) / 1_000;
                if (i == -WARM_UP) {
                    Console.print(String.format(Locale.ROOT, "the first watch, which counts: %.1f ms", micros[0] / 1_000.0));
                }
            }
            Arrays.sort(micros);
            long unread = rooms.valueStream().mapToLong(room -> room.get("unread").longValue()).sum();
            double p99 = micros[WATCHES * 99 / 100] / 1_000.0;
            Console.print(String.format(Locale.ROOT, "watch of %d rooms with %,d unread messages: p50 %.1f ms, p99 %.1f ms", rooms.size(),
                    unread, micros[WATCHES / 2] / 1_000.0, p99));
            if (p99 > MOST_MILLIS) {
                throw new BenchFailed("p99 is above " + MOST_MILLIS + " ms");
            }
        }
    }

    private void read() throws SQLException {
        parley.execute("""
                insert into room (id, epoch, head, name, kind, created) values ('%1$s', 'e', %2$d, 'Read through', 'public', 0)"""
                .formatted(READ_THROUGH, LENGTH), Archive.messages("""
                select '%1$s' room, n log_offset, 'author' author, n, 'message ' || n as content from generate_series(1, %2$d) n"""
                .formatted(READ_THROUGH, LENGTH)), """
                insert into membership (room, user_id, user_name, role, since_offset)
                select '%1$s', 'member-' || n, 'Member ' || n, 'member', 0 from generate_series(0, %2$d) n"""
                .formatted(READ_THROUGH, MEMBERS - 1), "checkpoint", "select pg_stat_reset()");
        // The database has just written gigabytes, and an instance that waits too long for it is not ready.
        parley.awaitReady();
        long start = System.nanoTime();
        int reads = 0;
        for (int first = 0; first < MEMBERS; first += AT_ONCE) {
            List<ChatClient> members = IntStream.range(first, first + AT_ONCE).mapToObj(n -> client("member-" + n)).toList();
            for (int step = 1; step <= STEPS; step++) {
                long upTo = (long) LENGTH * step / STEPS;
                List<CompletableFuture<Reply>> replies = new ArrayList<>();
                for (ChatClient member : members) {
                    replies.add(member.sends("read", Map.of("room", READ_THROUGH, "upto", upTo)));
                }
                replies.forEach(reply -> reply.join().ok());
                reads += replies.size();
            }
            members.forEach(ChatClient::close);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        // The last markers are stored within two seconds.
        parley.execute("select pg_sleep(3)", "select pg_stat_force_next_flush()");
        long rows = Long.parseLong(parley.query("select count(*) from read_marker where room = '" + READ_THROUGH + "'").getFirst());
        long done = Long.parseLong(parley.query("select count(*) from read_marker where room = '" + READ_THROUGH + "' and upto = " + LENGTH)
                .getFirst());
        Console.print(String.format(Locale.ROOT, "%,d members read %,d messages with %,d commands in %.1f s: %,d rows; rows written: %s",
                MEMBERS, LENGTH, reads, seconds, rows, parley.query(WRITTEN).getFirst()));
        if (rows > MEMBERS || done != MEMBERS) {
            throw new BenchFailed(rows + " rows for " + MEMBERS + " members, of which " + done + " say that everything was read");
        }
    }

    private ChatClient client(String user) {
        return ChatClient.withToken(parley.token(user), URI.create(parley.base().toString().replaceFirst("http", "ws") + "/ws"));
    }
}
