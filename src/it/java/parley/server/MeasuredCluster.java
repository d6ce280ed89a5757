package parley.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A {@link Cluster} on an empty PostgreSQL and without limits, for the benchmarks; its instances reach the database and the broker directly.
 * All of it are children of this JVM and run on the cores that this JVM may use at that moment. One at a time.
 */
public final class MeasuredCluster implements AutoCloseable {
    private static final Path FOLDER = Path.of("target").toAbsolutePath().resolve("bench/cluster");

    private final Cluster cluster;

    private MeasuredCluster(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Starts that many instances and waits until all are ready. */
    public static MeasuredCluster start(int instances, Consumer<String> progress) {
        List<Ports> ports = Stream.generate(Ports::free).limit(instances).toList();
        return new MeasuredCluster(Cluster.start(FOLDER, ports, Cluster.Links.DIRECT, true, Map.of("parley.limits", "off"), progress));
    }

    /** All instances; their order never changes. */
    public List<Instance> instances() {
        return cluster.instances();
    }

    /** The development issuer's key, private part and all (RFC 7517). */
    public String issuersKey() {
        return cluster.issuersKey();
    }

    /** Stops everything and removes what was stored. */
    @Override
    public void close() {
        cluster.close();
        Folders.delete(FOLDER.resolve("postgresql"));
    }
}
