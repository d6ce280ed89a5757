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
 * A Payara domain, copied from the distribution and configured with the files of {@code server-config/}: one server, or the
 * administration of a deployment group. It is created again if one of those files changed; the database is kept.
 */
final class Domain {
    /** Applied once, in this order. */
    private static final List<String> CONFIGURATION = List.of("heap.asadmin", "instance.asadmin", "hardening.asadmin", "logging.asadmin",
            "alone.asadmin");
    /** The server runs this file before each boot. */
    private static final String DEVELOPMENT = "development.asadmin";
    /** Copied into the distribution, not into the domain. */
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
     * @param parent       the domain becomes its subfolder {@code domain1}, the name in the distribution's configuration
     * @param serverConfig the folder {@code server-config}
     * @param database     {@code h2} or {@code postgresql}; it is started here
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

    /** A domain whose server administers a deployment group of this many instances. Their folders lie next to it. */
    static Domain ofGroup(Path payara, Path parent, Path serverConfig, Database.PostgreSql database, int instances) {
        return new Domain(payara, parent, serverConfig, database, instances);
    }

    Path folder() {
        return folder;
    }

    Path log() {
        return folder.resolve("logs/server.log");
    }

    /** The parent folder of the instances of a group. */
    Path nodes() {
        return folder.resolveSibling("nodes");
    }

    /** Writes the pre-boot commands with these ports and returns the file. */
    Path preBoot(Ports ports) {
        renameProperty(NO_DEVELOPMENT_ISSUER, DEVELOPMENT_ISSUER);
        try {
            String commands = Files.readString(serverConfig.resolve(DEVELOPMENT)).replace("${parley.http.port}", "" + ports.http())
                    .replace("${parley.admin.port}", "" + ports.admin()) + freeJmsPort();
            return Files.writeString(folder.resolve("config").resolve(DEVELOPMENT), commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command for a free JMS port: an unconfigured domain uses a fixed one, which conflicts with other servers on this machine. */
    static String freeJmsPort() {
        return "create-system-properties JMS_PROVIDER_PORT=" + Ports.anyFree() + "\n";
    }

    /** The same for one start without the development issuer. */
    Path preBootWithoutDevelopmentIssuer(Ports ports) {
        Path file = preBoot(ports);
        // The server reads its system properties before it runs these commands.
        renameProperty(DEVELOPMENT_ISSUER, NO_DEVELOPMENT_ISSUER);
        try {
            return Files.writeString(file, Files.readString(file)
                    .replaceAll("(?m)^create-system-properties parley.development-issuer=.*$", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void renameProperty(String property, String to) {
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

    /** Prepares the domain for a start: configured, and with nothing deployed. */
    void prepare(Ports ports, Consumer<String> progress) {
        copy(serverConfig.resolve(UNNAMED), payara.resolve("glassfish/config/branding").resolve(UNNAMED));
        if (!isCurrent()) {
            progress.accept("Creating and configuring a domain (once)");
            create();
            database.prepare(folder);
            Payara server = Payara.start(this, ports);
            try {
                configure(ports);
            } finally {
                server.close();
            }
            saveConfiguration();
        }
        // Drops the deployment of the last run: otherwise the server would start an old WAR only to replace it.
        copy(savedConfiguration(), folder.resolve("config/domain.xml"));
        Folders.delete(folder.resolve("applications"));
        Folders.delete(folder.resolve("generated"));
        Folders.delete(folder.resolve("logs"));
    }

    /** Copies the domain from the distribution; the database is kept. */
    void create() {
        try (Stream<Path> parts = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            parts.filter(part -> !part.endsWith("parley")).forEach(Folders::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Folders.delete(nodes());
        Folders.copy(payara.resolve("glassfish/domains/domain1"), folder);
        chooseJmsPort();
    }

    // An unconfigured server opens this port before it runs the pre-boot commands, so two of them could not start at the same time.
    private void chooseJmsPort() {
        Path configuration = folder.resolve("config/domain.xml");
        try {
            String defaults = Files.readString(configuration);
            Files.writeString(configuration, defaults.replace("value=\"7676\"", "value=\"" + Ports.anyFree() + "\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Applies the files of {@code server-config/} to the running server. Idempotent. */
    void configure(Ports ports) {
        if (instances > 0) {
            asadmin().set("nodes.node.localhost-domain1.node-dir", nodes().toString(), ports.admin());
            asadmin().createGroup(serverConfig.resolve("cluster.sh"), instances, ports.admin());
            return;
        }
        Stream.concat(CONFIGURATION.stream(), Stream.of(database.configuration()))
                .forEach(file -> asadmin().apply(serverConfig.resolve(file), ports.admin()));
    }

    private void saveConfiguration() {
        copy(folder.resolve("config/domain.xml"), savedConfiguration());
        try {
            Files.writeString(digestFile(), digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isCurrent() {
        try {
            return Files.exists(digestFile()) && Files.readString(digestFile()).equals(digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A hash of everything that the configured domain depends on, including its path: the server caches absolute paths. */
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

    private Path savedConfiguration() {
        return folder.resolve("config/domain.configured.xml");
    }

    private Path digestFile() {
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
