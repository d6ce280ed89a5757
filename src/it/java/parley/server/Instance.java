package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An instance of a {@link Cluster}: a server process that a test can stop, kill or freeze. Not safe for concurrent use. */
public final class Instance {
    private final String name;
    private final DeploymentGroup group;
    private final Ports ports;
    private final Map<String, String> environment;
    private final List<TcpRelay> relays;
    private Payara server;

    /** @param relays to the database and to the broker, in this order; empty for direct connections */
    Instance(String name, DeploymentGroup group, Ports ports, Map<String, String> environment, List<TcpRelay> relays) {
        this.name = name;
        this.group = group;
        this.ports = ports;
        this.environment = environment;
        this.relays = relays;
    }

    /** The name in the group and in {@code hello}. */
    public String name() {
        return name;
    }

    /** The base URL: {@code http://localhost:<port>/parley}. */
    public URI base() {
        return URI.create("http://localhost:" + ports.http() + "/parley");
    }

    /** The address for a proxy, as {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + ports.http();
    }

    /** The WebSocket URL of this path below {@code /parley}. */
    public URI socket(String path) {
        return URI.create("ws://localhost:" + ports.http() + "/parley" + path);
    }

    /** The server log since the last start. */
    public Path log() {
        return group.folder(name).resolve("logs/server.log");
    }

    /** The server process. */
    public ProcessHandle process() {
        return server.process();
    }

    /** The relay to the database; only in a cluster with {@link Cluster.Links#CUTTABLE}. */
    public TcpRelay linkToDatabase() {
        return relays.get(0);
    }

    /** The relay to the broker; only in a cluster with {@link Cluster.Links#CUTTABLE}. */
    public TcpRelay linkToBroker() {
        return relays.get(1);
    }

    /** Starts the instance on its port and waits until it is ready, at most two minutes. */
    public void start() {
        server = group.start(name, ports, environment);
        server.awaitReady();
    }

    /** Stops the instance gracefully. */
    public void stop() {
        server.close();
    }

    /** Kills the process, as a crash would. */
    public void kill() {
        server.kill();
    }

    /** Suspends the process with SIGSTOP, as a long pause of the machine would. */
    public void freeze() {
        signal("STOP");
    }

    /** Resumes the suspended process. */
    public void thaw() {
        signal("CONT");
    }

    /** The ports by purpose. */
    public Map<String, Integer> listeningPorts() {
        return Map.of("HTTP", ports.http(), "administration", ports.admin());
    }

    Ports ports() {
        return ports;
    }

    /** Stops the process in any state, also if it is suspended. */
    void close() {
        if (server != null && server.process().isAlive()) {
            thaw();
            server.close();
        }
    }

    private void signal(String signal) {
        try {
            if (new ProcessBuilder("kill", "-" + signal, "" + server.process().pid()).start().waitFor() != 0) {
                throw new IllegalStateException("Could not send SIG" + signal + " to " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
