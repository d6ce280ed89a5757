package parley.server;

import java.util.Map;

/** The cluster that the tests of several instances share: two of them, every link of theirs cuttable. It ends with this JVM. */
public final class TestCluster {
    /** Whose pages may connect besides the cluster's own. */
    public static final String LISTED_ORIGIN = "https://portal.example";

    // A proxy of a test comes from here, and nobody who comes to that proxy does.
    private static final Map<String, String> SETTINGS = Map.of("parley.proxies", "127.0.0.1", "parley.allowed-origins", LISTED_ORIGIN);

    private static Cluster cluster;
    /** Why it could not be started: nobody waits for that a second time. */
    private static CannotRun failure;

    private TestCluster() {
    }

    /** The cluster, started at the first call, all of it running. */
    public static synchronized Cluster shared() {
        if (failure != null) {
            throw failure;
        }
        if (cluster == null) {
            try {
                cluster = Cluster.start(2, Cluster.Links.CUTTABLE, SETTINGS);
            } catch (CannotRun why) {
                failure = why;
                throw why;
            }
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "cluster-end"));
        }
        return cluster;
    }
}
