package parley.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A {@link Cluster} for the benchmarks: an empty PostgreSQL, no limits, direct links. All processes are children of this JVM and
 * inherit its CPU affinity. One at a time.
 */
public final class BenchmarkCluster implements AutoCloseable {
    private static final Path FOLDER = Path.of("target").toAbsolutePath().resolve("bench/cluster");

    private final Cluster cluster;

    private BenchmarkCluster(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Starts this many instances and waits until all are ready. */
    public static BenchmarkCluster start(int instances, Consumer<String> progress) {
        List<Ports> ports = Stream.generate(Ports::free).limit(instances).toList();
        return new BenchmarkCluster(Cluster.start(FOLDER, ports, Cluster.Links.DIRECT, true, Map.of("parley.limits", "off"), progress));
    }

    /** All instances, in a fixed order. */
    public List<Instance> instances() {
        return cluster.instances();
    }

    /** The private key of the development issuer as a JWK (RFC 7517). */
    public String issuerKey() {
        return cluster.issuerKey();
    }

    /** Stops all processes and deletes the data. */
    @Override
    public void close() {
        cluster.close();
        Folders.delete(FOLDER.resolve("postgresql"));
    }
}
