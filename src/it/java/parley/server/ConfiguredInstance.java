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
 * An instance by itself that {@code instance.sh} has configured, and nothing else: only its HTTP listeners are on loopback, and every
 * port is a free one. An earlier version of the same files had configured it before, and its administrator had chosen the heap. It ends
 * with this JVM.
 */
public final class ConfiguredInstance implements AutoCloseable {
    private static final String LISTENERS = "set configs.config.server-config.network-config.network-listeners.network-listener.";
    private static final String HEAP = "-Xmx700m";
    // Payara makes these when an application first asks for one, or a script first sets one, and they change nothing.
    private static final Pattern OF_THE_SERVER = Pattern.compile("__default|\\.(microprofile-openapi-configuration|cdi-service|web-container)\\.");
    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();

    private final Ports ports = Ports.free();
    private final int https = Ports.anyFree();
    private final String jms = Domain.ownJmsPort();
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
            domain.asadmin().apply(commands("heap.asadmin", "delete-jvm-options -Xmx512m\ncreate-jvm-options " + HEAP + "\n"), ports.admin());
            before = settings();
            runs("instance.sh", "--database", "h2", "--shared");
            shared = settings();
            domain.asadmin().apply(serverConfig.resolve("jms.asadmin"), ports.admin());
            runs("instance.sh", "--database", "h2", "--log", "json");
        }
        server = Payara.start(domain, ports, preBoot(), Map.of());
    }

    /** Configures it, starts it again, as that needs, and deploys Parley, which can't be ready without an issuer of tokens. */
    public static ConfiguredInstance start() {
        var instance = new ConfiguredInstance(TARGET.resolveSibling("server-config"));
        instance.server.deploy(TARGET.resolve("parley.war"));
        return instance;
    }

    /** Its process. */
    public ProcessHandle process() {
        return server.process();
    }

    /** Has an application ask for a JMS connection, which starts a broker where one may be started; whether it got one. */
    public boolean givesJmsConnections() {
        return domain.asadmin().succeeds("jms-ping", ports.admin());
    }

    /** Where it listens, by what for. */
    public Map<String, Integer> ports() {
        return Map.of("HTTP", ports.http(), "HTTPS", https, "administration", ports.admin());
    }

    /** The administrator's own setting of the heap, from before the scripts ran. */
    public String heap() {
        return HEAP;
    }

    /** Every setting of the domain before the scripts ran, a JVM option a line. */
    public Set<String> before() {
        return before;
    }

    /** The same after {@code instance.sh --shared}. */
    public Set<String> shared() {
        return shared;
    }

    /** The same now. */
    public Set<String> settings() {
        return settings(Stream.concat(domain.asadmin().settings(ports.admin()).stream(),
                domain.asadmin().logAttributes(ports.admin()).stream()));
    }

    /** What these lines of asadmin's {@code get '*'} mean: without the server's own defaults, and JVM options in any order. */
    public static Set<String> settings(Stream<String> lines) {
        return lines.filter(line -> !OF_THE_SERVER.matcher(line).find())
                .flatMap(line -> line.contains(".jvm-options=") ? Stream.of(line.replaceFirst("^[^=]*=", "").split(",")) : Stream.of(line))
                .collect(Collectors.toSet());
    }

    /** The server's log since it was started last. */
    public Path log() {
        return domain.log();
    }

    /** Takes the way back, by {@code uninstall.sh}. */
    public void uninstall() {
        runs("uninstall.sh");
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

    private void runs(String script, String... arguments) {
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
