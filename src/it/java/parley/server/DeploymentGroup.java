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
 * A deployment group of Payara's on this machine, made by {@code server-config/cluster.sh}: the domain that administers it, and the
 * folders of its instances. Its instances are child processes of this JVM, like the domain's server.
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

    /** @param parent gets the domain's folder and the instance's */
    DeploymentGroup(Path payara, Path parent, Path serverConfig, Database.PostgreSql database, int size) {
        this.domain = Domain.ofGroup(payara, parent, serverConfig, database, size);
        this.serverConfig = serverConfig;
        this.size = size;
    }

    /** The names of its instances, in order. */
    List<String> names() {
        return IntStream.rangeClosed(1, size).mapToObj(number -> NAME + "-" + number).toList();
    }

    /** An instance's own folder. */
    Path folder(String instance) {
        return domain.nodes().resolve(NODE).resolve(instance);
    }

    /** The process of the domain's server. */
    ProcessHandle administration() {
        return administration.process();
    }

    /** Where the domain's server listens, by what for. */
    Map<String, Integer> listens() {
        return Map.of("administration", ports.admin());
    }

    /** The development issuer's key, which all instances share. */
    Path issuersKey() {
        return domain.folder().resolve("config/development-issuer.jwk");
    }

    /** Starts the domain's server, with the WAR deployed to the group, and none of the instances. */
    void start(Path war, Map<String, Ports> instances, Consumer<String> progress) {
        domain.prepare(ports, progress);
        names().forEach(this::clean);
        progress.accept("Starting the domain's server");
        administration = Payara.start(domain, ports);
        domain.asadmin().apply(development(instances), ports.admin());
        progress.accept("Deploying parley.war to the group");
        names().forEach(name -> domain.asadmin().deploy(war.toAbsolutePath(), name, name, ports.admin()));
    }

    /** Puts this version in the place of the one that is there, by {@code server-config/deploy.sh}: one instance after the other. */
    void upgrade(Path war) {
        domain.asadmin().run(serverConfig.resolve("deploy.sh"), List.of("--war", war.toAbsolutePath().toString(), "--group", NAME), Map.of(),
                ports.admin());
    }

    /** Starts an instance, which gets its configuration and its applications from the domain's server, and does not wait for it. */
    Payara start(String instance, Ports at, Map<String, String> environment) {
        List<String> command = domain.asadmin().instanceCommandLine(domain.nodes(), NODE, instance);
        return Payara.start(domain.asadmin(), folder(instance), at, List.of(), command, environment);
    }

    @Override
    public void close() {
        if (administration != null) {
            administration.close();
        }
    }

    // What an earlier run left, but for the configuration; and where the domain's server is now.
    private void clean(String instance) {
        for (String part : List.of("applications", "generated", "logs")) {
            Folders.delete(folder(instance).resolve(part));
        }
        Path whereabouts = domain.nodes().resolve(NODE).resolve("agent/config/das.properties");
        var properties = new Properties();
        try {
            try (var in = Files.newBufferedReader(whereabouts)) {
                properties.load(in);
            }
            properties.setProperty("agent.das.port", "" + ports.admin());
            try (var out = Files.newBufferedWriter(whereabouts)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path development(Map<String, Ports> instances) {
        try {
            List<String> commands = Files.readAllLines(serverConfig.resolve(DEVELOPMENT)).stream()
                    .map(line -> line.replace("${parley.issuer}", issuersKey().toString()))
                    .flatMap(line -> line.contains("${parley.instance}") ? names().stream().map(name -> filled(line, name, instances.get(name)))
                            : Stream.of(line)).toList();
            return Files.write(domain.folder().resolve("config").resolve(DEVELOPMENT), commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String filled(String line, String instance, Ports ports) {
        return line.replace("${parley.instance}", instance).replace("${parley.http.port}", "" + ports.http())
                .replace("${parley.admin.port}", "" + ports.admin());
    }
}
