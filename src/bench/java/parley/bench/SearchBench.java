package parley.bench;

import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Search: how long an instance needs to index two million messages, how long queries take from 100 rooms and from 1,000, and what indexing
 * costs those who post.
 */
final class SearchBench {

    private static final int ROOMS = 1_000;
    private static final int FEW_ROOMS = 100;
    private static final int MESSAGES = Math.min(2_000_000, Integer.getInteger("parley.bench.messages")) / ROOMS * ROOMS;
    private static final int WARM_UP = 100;
    private static final int QUERIES = 500;
    private static final int CONNECTIONS = 50;
    private static final int IN_FLIGHT = 20;
    /** One in a try with fewer messages. */
    private static final int RUNS = MESSAGES < 2_000_000 ? 1 : 5;
    private static final long INDEXED_WITHIN = TimeUnit.MINUTES.toNanos(30);

    /** Word n of a vocabulary of 49,000, as letters only. The frequencies follow Zipf's law. */
    private static final String WORD =
            "translate(substr(md5('word' || floor(exp(random() * 10.8))), 1, 4 + %s), '0123456789', 'ghijklmnop')";
    /** A dozen words, with English ones that tell the language; some are German, Japanese, or links. */
    private static final String TEXT = """
            (select 'the ' || string_agg(%s, ' ') || ' is on the ' from generate_series(1, 9 + n %% 5) i)
            || case when n %% 20 = 0 then ' und die Kaufverträge' when n %% 50 = 7 then ' 病院は機能していない'
                when n %% 30 = 3 then ' https://example.com/' || n else '' end || ' end'""".formatted(WORD.formatted("i % 4"));

    private static final Map<String, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("a common word", "q=the");
        KINDS.put("a rare word", "q={rare}");
        KINDS.put("two words", "q={common}+{other}");
        KINDS.put("three letters while typing", "q={letters}*");
        KINDS.put("a phrase", "q=%22{common}+{other}%22");
        KINDS.put("a word without another", "q={common}+-{other}");
        KINDS.put("a part of a compound", "q=vertrag");
        KINDS.put("Japanese", "q=%E7%97%85%E9%99%A2");
        KINDS.put("a word, by author", "q={common}&by=user7");
        KINDS.put("a common word, newest first", "q=the&sort=time");
        KINDS.put("links, newest first", "has=link");
        KINDS.put("a word before a time", "q={common}&before=2023-11-14T22:20:00Z");
    }

    private final Parley parley;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private SearchBench(Parley parley) {
        this.parley = parley;
    }

    static void run() throws SQLException {
        Console.progress("Starting Parley and PostgreSQL");
        try (Parley parley = Parley.onAllCores()) {
            new SearchBench(parley).measure();
        }
        posting();
    }

    private void measure() throws SQLException {
        Console.progress(String.format(Locale.ROOT, "Inserting %,d rooms of %,d messages", ROOMS, MESSAGES / ROOMS));
        long begin = System.nanoTime();
        Archive.fill(parley, ROOMS, MESSAGES / ROOMS, TEXT);
        parley.execute("update room set kind = 'private' where id like 'archive-%'", memberships("few", FEW_ROOMS),
                memberships("many", ROOMS), "vacuum analyze membership", "vacuum analyze room");
        Console.print(String.format(Locale.ROOT, "%,d messages inserted within %d s", MESSAGES,
                (System.nanoTime() - begin) / 1_000_000_000));
        parley.awaitReady();
        index();
        queries();
    }

    private static String memberships(String user, int rooms) {
        return """
                insert into membership (room, user_id, user_name, role, since_offset)
                select 'archive-' || n, '%1$s', '%1$s', 'member', 0 from generate_series(0, %2$d) n""".formatted(user, rooms - 1);
    }

    // The instance has noticed the rooms when their number is known, up to half a minute after they were inserted.
    private void index() {
        Console.progress("Indexing");
        long end = System.nanoTime() + INDEXED_WITHIN;
        double before = parley.metric("parley_search_messages");
        while (parley.metric("parley_search_rooms_behind") == 0 && parley.metric("parley_search_messages") == before) {
            requireTime(end);
        }
        var meter = new CpuMeter(parley.process());
        long begin = System.nanoTime();
        while (parley.metric("parley_search_rooms_behind") > 0 || parley.metric("parley_search_messages") < MESSAGES) {
            requireTime(end);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Console.print(String.format(Locale.ROOT,
                "%,d messages indexed within %.1f s: %,.0f a second, with %.2f cores; the index has %,d MB", MESSAGES, seconds,
                MESSAGES / seconds, meter.read().server(), (long) parley.metric("parley_search_bytes") >> 20));
    }

    private static void requireTime(long end) {
        if (System.nanoTime() > end) {
            throw new BenchFailed("The messages are not indexed within half an hour");
        }
        LockSupport.parkNanos(50_000_000);
    }

    private void queries() throws SQLException {
        List<String> texts = parley.query("select substring(frame from '\"text\":\"the ([^\"]*) is on') from room_event "
                + "where room = 'archive-3' and log_offset <= 200");
        var table = new Table(String.format(Locale.ROOT, "Search among %,d messages", MESSAGES), "", "p50 ms", "p99 ms", "max ms");
        for (String person : List.of("few", "many")) {
            int rooms = person.equals("few") ? FEW_ROOMS : ROOMS;
            String token = parley.token(person);
            Console.progress("Queries from " + rooms + " rooms");
            KINDS.forEach((kind, query) -> table.row(kind + ", from " + rooms + " rooms", times(token, query, texts)));
            table.row("first result while typing, from " + rooms + " rooms", typing(token, texts));
        }
        table.print();
    }

    private Histogram times(String token, String query, List<String> texts) {
        var times = new Histogram(Results.MAX_LATENCY, 3);
        for (int i = -WARM_UP; i < QUERIES; i++) {
            String[] words = texts.get(Math.floorMod(i, texts.size())).split(" ");
            String longest = Arrays.stream(words).max((one, two) -> one.length() - two.length()).orElseThrow();
            String asked = query.replace("{common}", words[1]).replace("{other}", words[2]).replace("{rare}", longest)
                    .replace("{letters}", longest.substring(0, 3));
            long begin = System.nanoTime();
            search(token, asked);
            if (i >= 0) {
                times.recordValue(System.nanoTime() - begin);
            }
        }
        return times;
    }

    // Someone types a word letter by letter, from the second letter on. Each step is a query; the first one with a result counts.
    private Histogram typing(String token, List<String> texts) {
        var times = new Histogram(Results.MAX_LATENCY, 3);
        for (int i = 0; i < QUERIES / 5; i++) {
            String word = texts.get(i % texts.size()).split(" ")[i % 8];
            long begin = System.nanoTime();
            int letters = 2;
            while (!search(token, "q=" + word.substring(0, letters) + "*").contains("\"room\"") && letters < word.length()) {
                letters++;
            }
            times.recordValue(System.nanoTime() - begin);
        }
        return times;
    }

    private String search(String token, String query) {
        var request = HttpRequest.newBuilder(URI.create(parley.base() + "/api/search?" + query)).header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200 || answer.body().contains("\"partial\"")) {
                throw new BenchFailed(query + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("Interrupted");
        }
    }

    private static void posting() {
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            without.add(postsPerSecond("off"));
            with.add(postsPerSecond("on"));
        }
        double on = median(with);
        double off = median(without);
        Console.print(String.format(Locale.ROOT, "posts a second, medians of %d: %,.0f without search, %,.0f with search (%+.1f %%)", RUNS,
                off, on, 100 * (on - off) / off));
    }

    private static double postsPerSecond(String search) {
        Console.progress("Posting with search " + search);
        try (Parley parley = Parley.onAllCores(Map.of("parley.features.search", search))) {
            List<LoadClient> clients = IntStream.range(0, CONNECTIONS)
                    .mapToObj(i -> new LoadClient(i, "user" + i, "log-" + i, true)).toList();
            clients.forEach(client -> parley.createRoom(client.room(), client.user()));
            try (ClientPool pool = new ClientPool(parley.address(), parley.dialect())) {
                Connector.connectAll(pool, clients, parley::token);
                var load = new Load(pool, clients, 1, 1);
                load.inFlight(IN_FLIGHT, Duration.ZERO, ofSeconds(15)).requireComplete();
                double rate = load.inFlight(IN_FLIGHT, ofSeconds(1), ofSeconds(15)).requireComplete().answersPerSecond();
                Console.print(String.format(Locale.ROOT, "search %s: %,.0f posts a second", search, rate));
                return rate;
            }
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
