package parley.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import parley.server.CannotRun;

/**
 * {@code mvn -Pbench verify}: benchmarks on this machine. {@code -Dbench=} selects one of them or {@code all}. It fails if a measurement
 * is impossible, never because of a result.
 */
final class Bench {

    private interface Run {
        void run() throws Exception;
    }

    /**
     * Not part of {@code all}: idle is included in fanout, absence, watch and dialects measure two cases each, search takes a quarter of
     * an hour, people is a simulation for sizing.
     */
    private static final Set<String> ONLY_BY_NAME = Set.of("idle", "absence", "watch", "search", "dialects", "people");

    private record Benchmark(String name, String what, Run run) {}

    private static final List<Benchmark> ALL = List.of(
            new Benchmark("log", "stored posts per second, their latency, and history pages in ten million messages", LogBench::run),
            new Benchmark("latency", "delivery in a room of ten without other load", LatencyBench::run),
            new Benchmark("fanout", "one message to many, compared with Socket.IO and ws on the same core", FanoutBench::run),
            new Benchmark("overload", "twice the posts that the server can take", OverloadBench::run),
            new Benchmark("slow", "200 of 500 clients stop reading", SlowBench::run),
            new Benchmark("connect", "10,000 clients connect at once, 100,000 connect and disconnect", ConnectBench::run),
            new Benchmark("cluster", "two instances: added latency and throughput compared with one", ClusterBench::run),
            new Benchmark("idle", "heap of 10,000 idle connections", IdleBench::run),
            new Benchmark("watch", "a person of 500 rooms among ten million messages, and 1,000 people who read", WatchBench::run),
            new Benchmark("absence", "resuming and reloading after hundreds and thousands of edits", AbsenceBench::run),
            new Benchmark("search", "queries among two million messages, indexing, and posting with and without search", SearchBench::run),
            new Benchmark("dialects", "half of the listeners on CBOR, and idle connections with deflate", DialectsBench::run),
            new Benchmark("people", "chat users simulated by Gatling, for sizing a deployment", PeopleBench::run));

    private Bench() {
    }

    public static void main(String[] arguments) throws Exception {
        String selected = System.getProperty("parley.bench", "all");
        List<Benchmark> chosen = ALL.stream().filter(one -> isChosen(one.name(), selected)).toList();
        if (chosen.isEmpty()) {
            stopWith("Unknown benchmark " + selected + ": -Dbench= must be all or one of\n"
                    + ALL.stream().map(one -> "    %-8s %s".formatted(one.name(), one.what())).collect(Collectors.joining("\n")));
        }
        System.out.printf("%n  Parley's benchmarks: %d cores, Java %s, %s %s, %s%n", Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"), System.getProperty("os.name"), System.getProperty("os.arch"), LocalDate.now());
        var failed = new ArrayList<String>();
        for (Benchmark one : chosen) {
            System.out.println("\n  " + one.name() + ": " + one.what());
            try {
                one.run().run();
            } catch (BenchFailed | CannotRun why) {
                System.out.println("  " + why.getMessage());
                failed.add(one.name());
            }
        }
        if (!failed.isEmpty()) {
            stopWith("Failed benchmarks: " + String.join(", ", failed));
        }
    }

    private static boolean isChosen(String name, String selected) {
        return selected.equals("all") ? !ONLY_BY_NAME.contains(name) : selected.equals(name);
    }

    private static void stopWith(String message) {
        System.err.println("\n  " + message + "\n");
        System.exit(1);
    }
}
