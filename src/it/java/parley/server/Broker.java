package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The cluster's message broker, started with {@code server-config/broker.sh} on loopback. Not safe for concurrent use. */
public final class Broker implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    // Random, so that only the instances know it.
    private final String password = UUID.randomUUID().toString();
    private final List<String> command;
    private final Path log;
    private final int port = Ports.threeInARow();
    private ChildProcess process;

    /**
     * @param folder the broker's data and log
     * @param script path of {@code broker.sh}
     */
    Broker(Path payara, Path folder, Path script) {
        this.log = folder.resolve("broker.log");
        this.command = List.of("sh", script.toString(), "--payara", payara.toString(), "--var", folder.toString(), "--port", "" + port);
    }

    /** A broker of the enterprise, which has queues of any name for every application. Its data are empty. */
    public static Broker ofEnterprise() {
        Path target = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
        Path folder = target.resolve("it/enterprise-broker");
        Folders.delete(folder);
        try {
            Path script = Files.createDirectories(folder.resolve("script")).resolve("broker.sh");
            Files.copy(target.resolveSibling("server-config").resolve("broker.sh"), script);
            Files.writeString(script.resolveSibling("broker.properties"), """
                    imq.service.activelist=jms
                    imq.jmx.connector.activelist=
                    imq.autocreate.queue.maxNumActiveConsumers=1
                    imq.autocreate.destination.maxNumMsgs=1000000
                    """);
            Files.writeString(script.resolveSibling("broker-access.properties"), """
                    version=JMQFileAccessControlModel/100
                    connection.NORMAL.allow.user=*
                    queue.*.produce.allow.user=*
                    queue.*.consume.allow.user=*
                    queue.create.allow.user=*
                    """);
            return new Broker(target.resolve("payara7"), folder.resolve("data"), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port for instances, on loopback. */
    public int port() {
        return port;
    }

    /** The password of the user {@code parley}. */
    public String password() {
        return password;
    }

    /** The process of the broker. */
    public ProcessHandle process() {
        return process.process();
    }

    /** Starts the broker on its port and waits until it accepts connections, a minute at most. */
    public void start() {
        process = ChildProcess.start(command, Map.of("PARLEY_BROKER_PASSWORD", password, "AS_JAVA", System.getProperty("java.home")),
                log.toFile());
        try {
            Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(50)).until(() -> !process.isAlive() || acceptsConnections());
            if (process.isAlive()) {
                return;
            }
        } catch (ConditionTimeoutException late) {
            // It is stopped below, as if it had ended.
        }
        close();
        throw new CannotRun("The broker did not start; see " + log);
    }

    /** Kills the process, as a crash would. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean acceptsConnections() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
