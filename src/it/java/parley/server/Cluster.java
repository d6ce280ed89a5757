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
 * A deployment group on loopback, created with the scripts of {@code server-config/}: several instances of {@code target/parley.war}, one
 * PostgreSQL and one broker, each in its own process. The processes end with this JVM. A folder holds one cluster at a time.
 * Not safe for concurrent use, but instances, relays and the broker may each be used by another thread.
 */
public final class Cluster implements AutoCloseable {

    /** How instances reach the database and the broker. */
    public enum Links {
        /** Directly, as in production. */
        DIRECT,
        /** Through relays that a test can cut; they cost CPU time. */
        CUTTABLE
    }

    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();

    private final Database.PostgreSql database;
    private final Broker broker;
    private final DeploymentGroup group;
    private final List<Instance> instances = new ArrayList<>();
    private final List<TcpRelay> relays = new ArrayList<>();

    private Cluster(Path folder, int size) {
        Path payara = TARGET.resolve("payara7");
        Path serverConfig = TARGET.resolveSibling("server-config");
        database = new Database.PostgreSql(folder.resolve("postgresql"));
        broker = new Broker(payara, folder.resolve("broker"), serverConfig.resolve("broker.sh"));
        group = new DeploymentGroup(payara, folder, serverConfig, database, size);
    }

    /** Starts this many instances on free ports with an empty database and waits until all are ready. */
    public static Cluster start(int instances, Links links) {
        return start(instances, links, Map.of());
    }

    /** The same with these application settings. */
    public static Cluster start(int instances, Links links, Map<String, String> settings) {
        return start(instances, links, settings, "");
    }

    /** The same after these commands of asadmin. */
    static Cluster start(int instances, Links links, Map<String, String> settings, String commands) {
        return start(folder(TARGET.resolve("it/cluster")), Stream.generate(Ports::free).limit(instances).toList(), links, true,
                settings, commands, step -> { });
    }

    /** Starts the cluster of this folder, with one instance per element of {@code ports} and these application settings. */
    static Cluster start(Path folder, List<Ports> ports, Links links, boolean wipe, Map<String, String> settings,
            Consumer<String> progress) {
        return start(folder, ports, links, wipe, settings, "", progress);
    }

    private static Cluster start(Path folder, List<Ports> ports, Links links, boolean wipe, Map<String, String> settings, String commands,
            Consumer<String> progress) {
        progress.accept("Starting PostgreSQL and the broker");
        var cluster = new Cluster(folder(folder), ports.size());
        try {
            cluster.start(ports, links, wipe, Payara.environment(settings), commands, progress);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void start(List<Ports> ports, Links links, boolean wipe, Map<String, String> settings, String commands,
            Consumer<String> progress) {
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
        group.start(TARGET.resolve("parley.war"), byName, commands, progress);
        progress.accept("Starting " + instances.size() + " instances and waiting for their health checks");
        forAll(Instance::start);
    }

    private Instance instance(String name, Ports ports, Links links, Map<String, String> settings) {
        int databasePort = database.port();
        int brokerPort = broker.port();
        List<TcpRelay> relaysOfInstance = List.of();
        if (links == Links.CUTTABLE) {
            relaysOfInstance = List.of(new TcpRelay(databasePort), new TcpRelay(brokerPort));
            relays.addAll(relaysOfInstance);
            databasePort = relaysOfInstance.get(0).port();
            brokerPort = relaysOfInstance.get(1).port();
        }
        var environment = new HashMap<>(database.environment(databasePort));
        environment.putAll(settings);
        environment.put("PARLEY_BROKERS", "mqtcp://127.0.0.1:" + brokerPort + "/jms");
        environment.put("PARLEY_BROKER_PASSWORD", broker.password());
        return new Instance(name, group, ports, Map.copyOf(environment), relaysOfInstance);
    }

    /** All instances, in a fixed order. */
    public List<Instance> instances() {
        return List.copyOf(instances);
    }

    /** An instance by its index from 0. */
    public Instance instance(int number) {
        return instances.get(number);
    }

    /** The broker of the cluster. */
    public Broker broker() {
        return broker;
    }

    /** Deploys another version, one instance at a time, while the others serve. */
    public void upgrade(Path war) {
        group.upgrade(war);
    }

    /** Runs {@code cluster.sh} again. */
    public void configure() {
        group.configure();
    }

    /** Runs a command of asadmin, as the administrator would. The deployment group is {@code parley}. */
    public void administer(String command) {
        group.administer(command + "\n");
    }

    /** The process of the domain administration server. */
    public ProcessHandle administration() {
        return group.administration();
    }

    /** The ports of the domain administration server by purpose. */
    public Map<String, Integer> administrationPorts() {
        return group.listeningPorts();
    }

    /** The postmaster process of PostgreSQL. */
    public ProcessHandle databaseProcess() {
        return database.postmaster().orElseThrow();
    }

    /** Stops PostgreSQL and keeps its data. */
    public void stopDatabase() {
        database.close();
    }

    /** Starts PostgreSQL again on the same port and data. */
    public void startDatabase() {
        database.start();
    }

    /** A direct connection to PostgreSQL, which does not use the relays. */
    public Connection databaseConnection() throws SQLException {
        return database.connect();
    }

    /** The private key of the development issuer as a JWK (RFC 7517). */
    public String issuerKey() {
        try {
            return Files.readString(group.issuerKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops all processes and keeps the data of the database. */
    @Override
    public void close() {
        relays.forEach(TcpRelay::resume);
        forAll(Instance::close);
        group.close();
        broker.close();
        relays.forEach(TcpRelay::close);
        database.close();
    }

    // In parallel, because starting is bound by CPU.
    private void forAll(Consumer<Instance> step) {
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
