package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Payara deployment group on this machine, created with {@code server-config/cluster.sh}: the domain administration server and the
 * folders of the instances. All processes are children of this JVM.
 */
final class DeploymentGroup implements AutoCloseable {
    private static final String NAME = "parley";
    private static final String NODE = "localhost-domain1";
    private static final String DEVELOPMENT = "development-group.asadmin";

    private final Domain domain;
    private final Path serverConfig;
    private final int size;
    private final Ports ports = Ports.free();
    private Payara administration;

    /** @param parent the folder for the domain and the instances */
    DeploymentGroup(Path payara, Path parent, Path serverConfig, Database.PostgreSql database, int size) {
        this.domain = Domain.ofGroup(payara, parent, serverConfig, database, size);
        this.serverConfig = serverConfig;
        this.size = size;
    }

    /** The names of the instances, in order. */
    List<String> names() {
        return IntStream.rangeClosed(1, size).mapToObj(number -> NAME + "-" + number).toList();
    }

    /** The folder of an instance. */
    Path folder(String instance) {
        return domain.nodes().resolve(NODE).resolve(instance);
    }

    /** The process of the domain administration server. */
    ProcessHandle administration() {
        return administration.process();
    }

    /** The ports of the domain administration server by purpose. */
    Map<String, Integer> listeningPorts() {
        return Map.of("administration", ports.admin());
    }

    /** The file with the development issuer's key, which all instances share. */
    Path issuerKey() {
        return domain.folder().resolve("config/development-issuer.jwk");
    }

    /**
     * Starts the domain administration server and deploys the WAR to all instances, without starting them.
     *
     * @param commands of asadmin, which the administrator of this group runs too
     */
    void start(Path war, Map<String, Ports> instances, String commands, Consumer<String> progress) {
        domain.prepare(ports, progress);
        names().forEach(this::reset);
        progress.accept("Starting the domain administration server");
        administration = Payara.start(domain, ports);
        domain.asadmin().apply(developmentCommands(instances), ports.admin());
        administer(commands);
        progress.accept("Deploying parley.war to the group");
        names().forEach(name -> domain.asadmin().deploy(war.toAbsolutePath(), name, name, ports.admin()));
    }

    /** Deploys another version with {@code server-config/deploy.sh}, one instance at a time. */
    void upgrade(Path war) {
        domain.asadmin().run(serverConfig.resolve("deploy.sh"), List.of("--war", war.toAbsolutePath().toString(), "--group", NAME),
                Map.of(),
                ports.admin());
    }

    /** Runs {@code cluster.sh} again. */
    void configure() {
        domain.configure(ports);
    }

    /** Starts an instance without waiting for it. It fetches its configuration and applications from the domain administration server. */
    Payara start(String instance, Ports ports, Map<String, String> environment) {
        List<String> command = domain.asadmin().instanceCommandLine(domain.nodes(), NODE, instance);
        return Payara.start(domain.asadmin(), folder(instance), ports, List.of(), command, environment);
    }

    /** Runs these commands of asadmin, one a line, as the administrator would. */
    void administer(String commands) {
        if (commands.isEmpty()) {
            return;
        }
        try {
            domain.asadmin().apply(Files.writeString(domain.folder().resolve("config/test.asadmin"), commands), ports.admin());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (administration != null) {
            administration.close();
        }
    }

    // Removes what an earlier run left, except the configuration, and stores the current administration port.
    private void reset(String instance) {
        for (String part : List.of("applications", "generated", "logs")) {
            Folders.delete(folder(instance).resolve(part));
        }
        Path addressFile = domain.nodes().resolve(NODE).resolve("agent/config/das.properties");
        var properties = new Properties();
        try {
            try (var in = Files.newBufferedReader(addressFile)) {
                properties.load(in);
            }
            properties.setProperty("agent.das.port", "" + ports.admin());
            try (var out = Files.newBufferedWriter(addressFile)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path developmentCommands(Map<String, Ports> instances) {
        try {
            List<String> commands = Files.readAllLines(serverConfig.resolve(DEVELOPMENT)).stream()
                    .map(line -> line.replace("${parley.issuer}", issuerKey().toString()))
                    .flatMap(line -> line.contains("${parley.instance}") ? names().stream()
                    .map(name -> fill(line, name, instances.get(name)))
                            : Stream.of(line)).toList();
            return Files.write(domain.folder().resolve("config").resolve(DEVELOPMENT), commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fill(String line, String instance, Ports ports) {
        return line.replace("${parley.instance}", instance).replace("${parley.http.port}", "" + ports.http())
                .replace("${parley.admin.port}", "" + ports.admin());
    }
}
