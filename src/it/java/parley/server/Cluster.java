package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Several instances of {@code target/parley.war} on one PostgreSQL and one broker, all of them on loopback and each a process of its
 * own: a real deployment group, as an administrator makes it with {@code server-config/}. It starts with an empty database, it ends
 * with this JVM, and there is one at a time in a folder. One thread at a time, but each instance, relay and the broker may have another.
 */
public final class Cluster implements AutoCloseable {

    /** How instances reach the database and the broker. */
    public enum Links {
        /** As in production. */
        DIRECT,
        /** By relays that a test can cut; they cost processor time. */
        CUTTABLE
    }

    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();

    private final Database.PostgreSql database;
    private final Broker broker;
    private final DeploymentGroup group;
    private final List<Instance> instances = new ArrayList<>();
    private final List<Relay> relays = new ArrayList<>();

    private Cluster(Path folder, int size) {
        Path payara = TARGET.resolve("payara7");
        Path serverConfig = TARGET.resolveSibling("server-config");
        database = new Database.PostgreSql(folder.resolve("postgresql"));
        broker = new Broker(payara, folder.resolve("broker"), serverConfig.resolve("broker.sh"));
        group = new DeploymentGroup(payara, folder, serverConfig, database, size);
    }

    /** For tests: that many instances on free ports, and nothing in the database. Waits until all are ready. */
    public static Cluster start(int instances, Links links) {
        return start(instances, links, Map.of());
    }

    /** The same with these settings of the application. */
    public static Cluster start(int instances, Links links, Map<String, String> settings) {
        return start(folder(TARGET.resolve("it/cluster")), Stream.generate(Ports::free).limit(instances).toList(), links, true,
                settings, step -> { });
    }

    /** The cluster of that folder, an instance for each of the ports, with these settings of the application. */
    static Cluster start(Path folder, List<Ports> ports, Links links, boolean wipe, Map<String, String> settings, Consumer<String> progress) {
        progress.accept("Starting PostgreSQL and the broker");
        var cluster = new Cluster(folder(folder), ports.size());
        try {
            cluster.start(ports, links, wipe, Payara.environment(settings), progress);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void start(List<Ports> ports, Links links, boolean wipe, Map<String, String> settings, Consumer<String> progress) {
        if (wipe) {
            database.wipe();
        }
        broker.start();
        var byName = new HashMap<String, Ports>();
        for (int i = 0; i < ports.size(); i++) {
            String name = group.names().get(i);
            byName.put(name, ports.get(i));
            instances.add(instance(name, ports.get(i), links, settings));
        }
        group.start(TARGET.resolve("parley.war"), byName, progress);
        progress.accept("Starting " + instances.size() + " instances and waiting for their health checks");
        all(Instance::start);
    }

    private Instance instance(String name, Ports ports, Links links, Map<String, String> settings) {
        int toDatabase = database.port();
        int toBroker = broker.port();
        List<Relay> between = List.of();
        if (links == Links.CUTTABLE) {
            between = List.of(new Relay(toDatabase), new Relay(toBroker));
            relays.addAll(between);
            toDatabase = between.get(0).port();
            toBroker = between.get(1).port();
        }
        var environment = new HashMap<>(database.environment(toDatabase));
        environment.putAll(settings);
        environment.put("PARLEY_BROKERS", "mqtcp://127.0.0.1:" + toBroker + "/jms");
        environment.put("PARLEY_BROKER_PASSWORD", broker.password());
        return new Instance(name, group, ports, Map.copyOf(environment), between);
    }

    /** All instances; their order never changes. */
    public List<Instance> instances() {
        return List.copyOf(instances);
    }

    /** One of them, counted from 0. */
    public Instance instance(int number) {
        return instances.get(number);
    }

    /** The broker between them. */
    public Broker broker() {
        return broker;
    }

    /** Puts this version in the place of the one that is there, one instance after the other, while the rest serve. */
    public void upgrade(Path war) {
        group.upgrade(war);
    }

    /** The process of the domain's server, which administers the group. */
    public ProcessHandle administration() {
        return group.administration();
    }

    /** Where the domain's server listens, by what for. */
    public Map<String, Integer> administrationListens() {
        return group.listens();
    }

    /** Stops PostgreSQL; its data stays. */
    public void stopDatabase() {
        database.close();
    }

    /** Starts the stopped PostgreSQL where it was. */
    public void startDatabase() {
        database.start();
    }

    /** A connection of one's own to PostgreSQL, beside the instances and their relays. */
    public Connection databaseConnection() throws SQLException {
        return database.connect();
    }

    /** The development issuer's key, private part and all (RFC 7517). */
    public String issuersKey() {
        try {
            return Files.readString(group.issuersKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops everything; what the database holds stays until the next cluster of tests. */
    @Override
    public void close() {
        relays.forEach(Relay::passes);
        all(Instance::close);
        group.close();
        broker.close();
        relays.forEach(Relay::close);
        database.close();
    }

    // They have a core each, if the machine has.
    private void all(Consumer<Instance> step) {
        try {
            CompletableFuture.allOf(instances.stream().map(instance -> CompletableFuture.runAsync(() -> step.accept(instance)))
                    .toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
