package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A standalone server configured only with {@code instance.sh}. Differences: its HTTP listeners are on loopback, its ports are free
 * ones, and its administrator had set the heap before. The scripts run twice. The process ends with this JVM.
 */
public final class ConfiguredInstance implements AutoCloseable {
    private static final String LISTENERS = "set configs.config.server-config.network-config.network-listeners.network-listener.";
    private static final String HEAP = "-Xmx700m";
    // Payara adds these on first use; they have no effect.
    private static final Pattern SERVER_DEFAULTS = Pattern.compile(
            "__default|\\.(microprofile-openapi-configuration|cdi-service|web-container|ejb-container|batch-runtime-configuration)\\.");
    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();

    private final Ports ports = Ports.free();
    private final int https = Ports.anyFree();
    private final String jms = Domain.freeJmsPort();
    private final Path serverConfig;
    private final Domain domain;
    private final Set<String> before;
    private final Set<String> shared;
    private final Payara server;

    private ConfiguredInstance(Path serverConfig) {
        this.serverConfig = serverConfig;
        Path folder = TARGET.resolve("it/configured");
        Folders.delete(folder);
        domain = new Domain(TARGET.resolve("payara7"), folder, serverConfig, "h2");
        domain.create();
        try (Payara first = Payara.start(domain, ports, preBoot(), Map.of())) {
            domain.asadmin().apply(commands("heap.asadmin", "delete-jvm-options -Xmx512m\ncreate-jvm-options " + HEAP + "\n"),
                    ports.admin());
            before = settings();
            runScript("instance.sh", "--database", "h2", "--shared");
            shared = settings();
            domain.asadmin().apply(serverConfig.resolve("jms.asadmin"), ports.admin());
            runScript("instance.sh", "--database", "h2", "--log", "json");
        }
        server = Payara.start(domain, ports, preBoot(), Map.of());
    }

    /** Configures and restarts the server and deploys Parley, which does not become ready: it has no token issuer. */
    public static ConfiguredInstance start() {
        var instance = new ConfiguredInstance(TARGET.resolveSibling("server-config"));
        instance.server.deploy(TARGET.resolve("parley.war"));
        return instance;
    }

    /** The process of the server. */
    public ProcessHandle process() {
        return server.process();
    }

    /** Tries to open a JMS connection, which starts an embedded broker if the configuration allows one; whether that succeeded. */
    public boolean canOpenJmsConnection() {
        return domain.asadmin().succeeds("jms-ping", ports.admin());
    }

    /** The ports of the server by purpose. */
    public Map<String, Integer> ports() {
        return Map.of("HTTP", ports.http(), "HTTPS", https, "administration", ports.admin());
    }

    /** The heap option that the administrator had set before the scripts ran. */
    public String heap() {
        return HEAP;
    }

    /** All settings of the domain before the scripts ran, one JVM option per element. */
    public Set<String> before() {
        return before;
    }

    /** All settings after {@code instance.sh --shared}. */
    public Set<String> shared() {
        return shared;
    }

    /** The current settings. */
    public Set<String> settings() {
        return settings(Stream.concat(domain.asadmin().settings(ports.admin()).stream(),
                domain.asadmin().logAttributes(ports.admin()).stream()));
    }

    /** Normalizes lines of asadmin's {@code get '*'}: removes server defaults, and splits JVM options because their order is irrelevant. */
    public static Set<String> settings(Stream<String> lines) {
        return lines.filter(line -> !SERVER_DEFAULTS.matcher(line).find())
                .flatMap(line -> line.contains(".jvm-options=") ? Stream.of(line.replaceFirst("^[^=]*=", "").split(",")) : Stream.of(line))
                .collect(Collectors.toSet());
    }

    /** The server log since the last start. */
    public Path log() {
        return domain.log();
    }

    /** Runs {@code uninstall.sh}. */
    public void uninstall() {
        runScript("uninstall.sh");
    }

    @Override
    public void close() {
        server.close();
        Folders.delete(domain.folder());
    }

    private Path preBoot() {
        String commands = LISTENERS + "http-listener-1.address=127.0.0.1\n" + LISTENERS + "http-listener-1.port=" + ports.http() + "\n"
                + LISTENERS + "http-listener-2.address=127.0.0.1\n" + LISTENERS + "http-listener-2.port=" + https + "\n"
                + LISTENERS + "admin-listener.address=127.0.0.1\n" + LISTENERS + "admin-listener.port=" + ports.admin() + "\n" + jms;
        return commands("ports.asadmin", commands);
    }

    private void runScript(String script, String... arguments) {
        domain.asadmin().run(serverConfig.resolve(script), List.of(arguments), Map.of(), ports.admin());
    }

    private Path commands(String name, String commands) {
        try {
            return Files.writeString(domain.folder().resolve("config").resolve(name), commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
