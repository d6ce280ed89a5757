package parley.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The message broker between the instances, started by {@code server-config/broker.sh} on loopback. One thread at a time. */
public final class Broker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    // Known to the instances alone, also on the machine of someone who tries it out.
    private final String password = UUID.randomUUID().toString();
    private final List<String> command;
    private final Path log;
    private final int port = Ports.threeInARow();
    private Companion process;

    /**
     * @param folder the broker's own
     * @param script {@code broker.sh}
     */
    Broker(Path payara, Path folder, Path script) {
        this.log = folder.resolve("broker.log");
        this.command = List.of("sh", script.toString(), "--payara", payara.toString(), "--var", folder.toString(), "--port", "" + port);
    }

    /** Where instances come, on loopback. */
    public int port() {
        return port;
    }

    /** What they come with, as {@code parley}. */
    public String password() {
        return password;
    }

    /** Its process. */
    public ProcessHandle process() {
        return process.process();
    }

    /** Starts it where it was, and waits until instances may come. */
    public void start() {
        process = Companion.start(command, Map.of("PARLEY_BROKER_PASSWORD", password, "AS_JAVA", System.getProperty("java.home")),
                log.toFile());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new CannotRun("The broker did not start; see " + log);
            }
        }
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }
}
