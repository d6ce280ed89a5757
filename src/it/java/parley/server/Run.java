package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code mvn -Prun}: Parley on a Payara Server of its own, or on a group of them, in the foreground, until Ctrl-C. */
final class Run {
    private static final long SPACE = 300L << 20;

    private Run() {
    }

    public static void main(String[] arguments) throws Exception {
        try {
            run(Path.of("target"));
        } catch (CannotRun why) {
            stopWith(why.getMessage());
        } catch (UncheckedIOException e) {
            stopWith("A file can't be read or written: " + e.getCause());
        }
    }

    private static void run(Path target) throws IOException, InterruptedException {
        var ports = Ports.withHttp(Integer.getInteger("parley.http.port", 8080));
        Path folder = Files.createDirectories(target.resolve("run"));
        if (Files.getFileStore(folder).getUsableSpace() < SPACE) {
            throw new CannotRun("There is too little space on the disk of " + folder.toAbsolutePath() + ": the server needs 300 MB.");
        }
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new CannotRun("Another mvn -Prun of this folder is still running; stop that one first.");
            }
            ports.check();
            int instances = Integer.getInteger("parley.instances", 1);
            if (instances > 1) {
                serveCluster(folder.resolve("cluster"), ports.http(), instances);
                return;
            }
            String database = System.getProperty("parley.db", "h2");
            if (!database.equals("h2")) {
                say("Starting " + database);
            }
            var domain = new Domain(target.resolve("payara7"), Files.createDirectories(folder.resolve(database)),
                    Path.of("server-config"), database);
            try (Database open = domain.database()) {
                serve(domain, ports, target.resolve("parley.war"));
            }
        }
    }

    private static void serve(Domain domain, Ports ports, Path war) throws InterruptedException {
        if (Boolean.getBoolean("parley.wipe")) {
            say("Emptying the database");
            domain.database().wipe();
        }
        domain.prepare(ports, Run::say);
        say("Starting the server");
        try (Payara server = Payara.start(domain, ports, List.of(), limits())) {
            say("Deploying parley.war");
            server.deploy(war);
            say("Waiting for its health checks");
            server.awaitReady();
            // Ctrl-C reaches this process too, but a signal to Maven alone would not.
            ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(server::close));
            welcome(server, domain);
            server.awaitEnd();
        }
    }

    private static void serveCluster(Path folder, int port, int size) throws InterruptedException {
        boolean balanced = Balancer.NGINX.isInstalled();
        List<Ports> ports = balanced ? Stream.generate(Ports::free).limit(size).toList()
                : IntStream.range(port, port + size).mapToObj(Ports::withHttp).toList();
        ports.forEach(Ports::check);
        var settings = new HashMap<>(limits());
        if (balanced) {
            settings.put("parley.proxies", "127.0.0.1");
        }
        try (Cluster cluster = Cluster.start(folder, ports, Cluster.Links.DIRECT, Boolean.getBoolean("parley.wipe"), settings, Run::say)) {
            if (balanced) {
                List<String> addresses = cluster.instances().stream().map(Instance::address).toList();
                Balancer.NGINX.start(new Balancer.Site(folder.resolve("nginx").toAbsolutePath(), port, port, "/parley", "/parley", addresses, null));
            }
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(0)));
            welcome(cluster, balanced ? "http://localhost:" + port + "/parley/   (nginx, before all of them)" : "any of them");
            for (Instance instance : cluster.instances()) {
                instance.process().onExit().join();
            }
        }
    }

    // Whoever points a load tool at it does so from one address, and as few people.
    private static Map<String, String> limits() {
        return Map.of("parley.limits", System.getProperty("parley.limits", "on"));
    }

    private static void welcome(Cluster cluster, String address) {
        System.out.printf("""

                  Parley is at  %s
                %s  Sign in as    alice, bob, carol, or any name you like
                  Ctrl-C stops it. Rooms and messages stay until you run it with -Dwipe; -Dparley.http.port=… chooses another port.

                """, address, cluster.instances().stream().map(instance -> "  %-12s  %s/   log %s%n".formatted(
                        instance.name(), instance.base(), instance.log())).collect(Collectors.joining()));
    }

    private static void welcome(Payara server, Domain domain) {
        System.out.printf("""

                  Parley is at  %s/
                  Sign in as    alice, bob, carol, or any name you like
                  Server log    %s
                  Ctrl-C stops it. Rooms and messages stay until you run it with -Dwipe; -Dparley.http.port=… chooses another port.

                """, server.base(), domain.log());
    }

    private static void say(String progress) {
        System.out.println("  " + progress + " …");
    }

    private static void stopWith(String sentence) {
        System.err.println("\n  " + sentence + "\n");
        System.exit(1);
    }
}
