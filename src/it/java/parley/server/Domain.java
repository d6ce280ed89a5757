package parley.server;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Payara domain of our own: its folder, made from the distribution's and configured by the files of {@code server-config/}, as
 * one server or with a deployment group. It is made again when one of those files changed; the database stays.
 */
final class Domain {
    /** Applied in this order, once. */
    private static final List<String> CONFIGURATION = List.of("heap.asadmin", "instance.asadmin", "hardening.asadmin", "logging.asadmin",
            "alone.asadmin");
    /** Applied by the server itself, before each boot. */
    private static final String DEVELOPMENT = "development.asadmin";
    /** Lies in the distribution, not in the domain. */
    private static final String UNNAMED = "unnamed.properties";
    private static final String DEVELOPMENT_ISSUER = "parley.development-issuer";
    private static final String NO_DEVELOPMENT_ISSUER = "parley.development-issuer.off";

    private final Path payara;
    private final Path folder;
    private final Path serverConfig;
    private final Database database;
    private final int instances;

    /**
     * @param payara       the unpacked distribution
     * @param parent       gets a folder {@code domain1} (the name that the distribution's configuration refers to)
     * @param serverConfig the folder of asadmin files
     * @param database     {@code h2} or {@code postgresql}, which is started by this
     */
    Domain(Path payara, Path parent, Path serverConfig, String database) {
        this(payara, parent, serverConfig, Database.open(database, parent.toAbsolutePath(), parent.toAbsolutePath().resolve("domain1")), 0);
    }

    private Domain(Path payara, Path parent, Path serverConfig, Database database, int instances) {
        this.payara = payara.toAbsolutePath();
        this.folder = parent.toAbsolutePath().resolve("domain1");
        this.serverConfig = serverConfig.toAbsolutePath();
        this.database = database;
        this.instances = instances;
    }

    /** A domain whose server only administers a deployment group of that many instances, whose instances lie beside it. */
    static Domain ofGroup(Path payara, Path parent, Path serverConfig, Database.PostgreSql database, int instances) {
        return new Domain(payara, parent, serverConfig, database, instances);
    }

    Path folder() {
        return folder;
    }

    Path log() {
        return folder.resolve("logs/server.log");
    }

    /** Where a group's instances are. */
    Path nodes() {
        return folder.resolveSibling("nodes");
    }

    /** The commands that the server runs before each boot, with this run's ports filled in. */
    Path preBoot(Ports ports) {
        rename(NO_DEVELOPMENT_ISSUER, DEVELOPMENT_ISSUER);
        try {
            String commands = Files.readString(serverConfig.resolve(DEVELOPMENT)).replace("${parley.http.port}", "" + ports.http())
                    .replace("${parley.admin.port}", "" + ports.admin()) + ownJmsPort();
            return Files.writeString(folder.resolve("config").resolve(DEVELOPMENT), commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until it is configured, a domain begins with a port for JMS that every Payara of the machine would have. */
    static String ownJmsPort() {
        return "create-system-properties JMS_PROVIDER_PORT=" + Ports.anyFree() + "\n";
    }

    /** The same for one start without the development issuer, of a domain that was started with it before. */
    Path preBootWithoutDevelopmentIssuer(Ports ports) {
        Path file = preBoot(ports);
        // The server takes its system properties before it runs these commands.
        rename(DEVELOPMENT_ISSUER, NO_DEVELOPMENT_ISSUER);
        try {
            return Files.writeString(file, Files.readString(file).replaceAll("(?m)^create-system-properties parley.development-issuer=.*$", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rename(String property, String to) {
        try {
            Path file = folder.resolve("config/domain.xml");
            Files.writeString(file, Files.readString(file).replace("\"" + property + "\"", "\"" + to + "\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Asadmin asadmin() {
        return new Asadmin(payara);
    }

    Database database() {
        return database;
    }

    /** Makes the domain ready to start: configured, and with nothing deployed. */
    void prepare(Ports ports, Consumer<String> progress) {
        copy(serverConfig.resolve(UNNAMED), payara.resolve("glassfish/config/branding").resolve(UNNAMED));
        if (!isCurrent()) {
            progress.accept("Making a domain of its own from server-config (once)");
            create();
            database.prepare(folder);
            Payara server = Payara.start(this, ports);
            try {
                configure(ports);
            } finally {
                server.close();
            }
            keepConfiguration();
        }
        // What a run deployed goes with it: the next one then does not start an old WAR only to replace it.
        copy(configured(), folder.resolve("config/domain.xml"));
        Folders.delete(folder.resolve("applications"));
        Folders.delete(folder.resolve("generated"));
        Folders.delete(folder.resolve("logs"));
    }

    /** Makes its folder from the distribution's; the database stays. */
    void create() {
        try (Stream<Path> parts = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            parts.filter(part -> !part.endsWith("parley")).forEach(Folders::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Folders.delete(nodes());
        Folders.copy(payara.resolve("glassfish/domains/domain1"), folder);
    }

    /** Applies the files of {@code server-config/} to the running server; doing it twice changes nothing. */
    void configure(Ports ports) {
        if (instances > 0) {
            asadmin().set("nodes.node.localhost-domain1.node-dir", nodes().toString(), ports.admin());
            asadmin().makeGroup(serverConfig.resolve("cluster.sh"), instances, ports.admin());
            return;
        }
        Stream.concat(CONFIGURATION.stream(), Stream.of(database.configuration()))
                .forEach(file -> asadmin().apply(serverConfig.resolve(file), ports.admin()));
    }

    private void keepConfiguration() {
        copy(folder.resolve("config/domain.xml"), configured());
        try {
            Files.writeString(stamp(), digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isCurrent() {
        try {
            return Files.exists(stamp()) && Files.readString(stamp()).equals(digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all that the configured domain follows from; its place too, for the server caches absolute paths. */
    private String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((folder + "\n" + payara + "\n" + database.configuration() + "\n" + instances).getBytes());
            digest.update(Files.readAllBytes(payara.resolve("glassfish/config/branding/glassfish-version.properties")));
            try (Stream<Path> files = Files.list(serverConfig)) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                    digest.update(Files.readAllBytes(file));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path configured() {
        return folder.resolve("config/domain.configured.xml");
    }

    private Path stamp() {
        return folder.resolve("config/server-config.sha256");
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
