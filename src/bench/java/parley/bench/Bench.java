package parley.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import parley.server.CannotRun;

/**
 * {@code mvn -Pbench verify}: figures of this machine. {@code -Dbench=} names one of the benchmarks, or {@code all}. It fails when
 * something can't be measured, and never because of a figure.
 */
final class Bench {

    private interface Run {
        void run() throws Exception;
    }

    /** Not of all: the first is part of the fan-out, the second no figure of ours. */
    private static final Set<String> ONLY_BY_NAME = Set.of("idle", "people");

    private record Benchmark(String name, String what, Run run) {}

    private static final List<Benchmark> ALL = List.of(
            new Benchmark("log", "stored posts a second, how long they take, and pages of ten million messages", LogBench::run),
            new Benchmark("latency", "a message in a room of ten, where nothing else happens", LatencyBench::run),
            new Benchmark("fanout", "one message to many, beside Socket.IO and ws on the same core", FanoutBench::run),
            new Benchmark("slow", "two hundred of five hundred who stop reading", SlowBench::run),
            new Benchmark("connect", "ten thousand who come at once, a hundred thousand who come and go", ConnectBench::run),
            new Benchmark("cluster", "two instances: how much later on the other one, and how much more than one", ClusterBench::run),
            new Benchmark("idle", "the heap of 10,000 idle connections, alone", IdleBench::run),
            new Benchmark("people", "people who chat, played by Gatling: for sizing a deployment", PeopleBench::run));

    private Bench() {
    }

    public static void main(String[] arguments) throws Exception {
        String wanted = System.getProperty("parley.bench", "all");
        List<Benchmark> chosen = ALL.stream().filter(one -> isChosen(one.name(), wanted)).toList();
        if (chosen.isEmpty()) {
            stopWith("There is no benchmark " + wanted + "; -Dbench= takes all, or one of\n"
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
            stopWith("Could not be measured: " + String.join(", ", failed));
        }
    }

    private static boolean isChosen(String name, String wanted) {
        return wanted.equals("all") ? !ONLY_BY_NAME.contains(name) : wanted.equals(name);
    }

    private static void stopWith(String sentence) {
        System.err.println("\n  " + sentence + "\n");
        System.exit(1);
    }
}
