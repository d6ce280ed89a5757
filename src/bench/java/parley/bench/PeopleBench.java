package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs the Gatling simulation of chat users in its own JVM, against the server in {@code people.server} or a new one. */
final class PeopleBench {

    private static final String PROPERTIES = "people.";
    private static final String SERVER = "people.server";
    private static final Duration INTERVAL = Duration.ofSeconds(20);

    private PeopleBench() {
    }

    static void run() throws Exception {
        if (System.getProperty(SERVER, "").isEmpty()) {
            Parley.onOwnCore(parley -> simulate(parley.base().toString(), parley.process()));
        } else {
            simulate(System.getProperty(SERVER), null);
        }
    }

    // The process of the server is null if it runs elsewhere.
    private static void simulate(String server, ProcessHandle process) throws IOException, InterruptedException {
        Console.progress("Simulating users at " + server);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
                // Required by Gatling and Netty.
                "--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"), "-cp",
                System.getProperty("java.class.path")));
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith(PROPERTIES) && !name.equals(SERVER))
                .map(name -> "-D" + name + "=" + System.getProperty(name)).forEach(command::add);
        command.addAll(List.of("-D" + SERVER + "=" + server, "io.gatling.app.Gatling", "-s", "parley.people.Chatting", "-rf",
                Files.createDirectories(Path.of("target/gatling")).toString(), "-nr"));
        Process gatling = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(gatling::destroy));
        if (process == null) {
            gatling.waitFor();
        } else {
            printUsage(gatling, process);
        }
        if (gatling.exitValue() != 0) {
            throw new BenchFailed("Gatling exited with " + gatling.exitValue());
        }
    }

    // The median of the intervals leaves out the start, when a cold server signs everyone in, and the end.
    private static void printUsage(Process gatling, ProcessHandle server) throws InterruptedException {
        List<Double> used = new ArrayList<>();
        List<Double> database = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            var meter = new CpuMeter(server);
            Duration before = databaseTime();
            ended = gatling.waitFor(INTERVAL.toSeconds(), TimeUnit.SECONDS);
            used.add(meter.read().server());
            database.add((double) databaseTime().minus(before).toNanos() / INTERVAL.toNanos());
        }
        Console.print(String.format(Locale.ROOT, "cores that the server used in each %d s: %s; median %.2f", INTERVAL.toSeconds(),
                list(used),
                median(used)));
        Console.print(String.format(Locale.ROOT, "cores that PostgreSQL used: %s; median %.2f", list(database), median(database)));
    }

    private static String list(List<Double> values) {
        return values.stream().map(value -> String.format(Locale.ROOT, "%.2f", value)).collect(Collectors.joining(" "));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
    }

    private static Duration databaseTime() {
        return ProcessHandle.allProcesses().map(ProcessHandle::info)
                .filter(info -> info.command().filter(command -> command.endsWith("/postgres")).isPresent())
                .map(info -> info.totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    }
}
