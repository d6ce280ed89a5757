package parley.server;

/** The cluster that the tests of several instances share: two of them, every link of theirs cuttable. It ends with this JVM. */
public final class TestCluster {
    private static Cluster cluster;

    private TestCluster() {
    }

    /** The cluster, started at the first call, all of it running. */
    public static synchronized Cluster shared() {
        if (cluster == null) {
            cluster = Cluster.start(2, Cluster.Links.CUTTABLE);
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "cluster-end"));
        }
        return cluster;
    }
}
