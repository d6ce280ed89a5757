package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One instance of a {@link Cluster}: a server process of its own, to which everything may happen. One thread at a time. */
public final class Instance {
    private final String name;
    private final DeploymentGroup group;
    private final Ports ports;
    private final Map<String, String> environment;
    private final List<Relay> relays;
    private Payara server;

    /** @param relays to the database and to the broker, in this order, or none where it goes there directly */
    Instance(String name, DeploymentGroup group, Ports ports, Map<String, String> environment, List<Relay> relays) {
        this.name = name;
        this.group = group;
        this.ports = ports;
        this.environment = environment;
        this.relays = relays;
    }

    /** What it is called in the group, and in {@code hello}. */
    public String name() {
        return name;
    }

    /** Where its application is: {@code http://localhost:<port>/parley}. */
    public URI base() {
        return URI.create("http://localhost:" + ports.http() + "/parley");
    }

    /** Where it listens, as {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + ports.http();
    }

    /** The same as a WebSocket address with this path below {@code /parley}. */
    public URI socket(String path) {
        return URI.create("ws://localhost:" + ports.http() + "/parley" + path);
    }

    /** Its log since it was started last. */
    public Path log() {
        return group.folder(name).resolve("logs/server.log");
    }

    /** Its process. */
    public ProcessHandle process() {
        return server.process();
    }

    /** What lies between it and the database; only in a cluster whose links can be cut. */
    public Relay linkToDatabase() {
        return relays.get(0);
    }

    /** What lies between it and the broker; only in a cluster whose links can be cut. */
    public Relay linkToBroker() {
        return relays.get(1);
    }

    /** Starts it on the port where it was, and waits until it is ready, at most two minutes. */
    public void start() {
        server = group.start(name, ports, environment);
        server.awaitReady();
    }

    /** Stops it as an administrator would. */
    public void stop() {
        server.close();
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        server.kill();
    }

    /** Holds its process where it is, as a long pause of its machine would. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets the held process go on. */
    public void thaw() {
        signal("CONT");
    }

    /** Where it listens, by what for. */
    public Map<String, Integer> listens() {
        return Map.of("HTTP", ports.http(), "administration", ports.admin());
    }

    Ports ports() {
        return ports;
    }

    /** Before the JVM's end, whatever has happened to it. */
    void close() {
        if (server != null && server.process().isAlive()) {
            thaw();
            server.close();
        }
    }

    private void signal(String signal) {
        try {
            if (new ProcessBuilder("kill", "-" + signal, "" + server.process().pid()).start().waitFor() != 0) {
                throw new IllegalStateException(name + " could not be sent " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
