package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An instance by itself that {@code instance.sh} has configured, and nothing else: only its HTTP listeners are on loopback, and every
 * port is a free one. An earlier version of the same files had configured it before. It ends with this JVM.
 */
public final class ConfiguredInstance implements AutoCloseable {
    private static final String LISTENERS = "set configs.config.server-config.network-config.network-listeners.network-listener.";
    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();

    private final Ports ports = Ports.free();
    private final int https = Ports.anyFree();
    private final Domain domain;
    private final Payara server;

    private ConfiguredInstance(Path serverConfig) {
        Path folder = TARGET.resolve("it/configured");
        Folders.delete(folder);
        domain = new Domain(TARGET.resolve("payara7"), folder, serverConfig, "h2");
        domain.create();
        try (Payara first = Payara.start(domain, ports, preBoot(), Map.of())) {
            domain.asadmin().apply(serverConfig.resolve("jms.asadmin"), ports.admin());
            domain.asadmin().run(serverConfig.resolve("instance.sh"), List.of("--database", "h2"), Map.of(), ports.admin());
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

    @Override
    public void close() {
        server.close();
        Folders.delete(domain.folder());
    }

    private Path preBoot() {
        String commands = LISTENERS + "http-listener-1.address=127.0.0.1\n" + LISTENERS + "http-listener-1.port=" + ports.http() + "\n"
                + LISTENERS + "http-listener-2.address=127.0.0.1\n" + LISTENERS + "http-listener-2.port=" + https + "\n"
                + LISTENERS + "admin-listener.address=127.0.0.1\n" + LISTENERS + "admin-listener.port=" + ports.admin() + "\n";
        try {
            return Files.writeString(domain.folder().resolve("config/ports.asadmin"), commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
