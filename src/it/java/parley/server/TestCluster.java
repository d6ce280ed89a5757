package parley.server;

import java.util.HashMap;
import java.util.Map;

/** The cluster that the integration tests share: two instances with cuttable links. It ends with this JVM. */
public final class TestCluster {
    /** An allowed origin. */
    public static final String ALLOWED_ORIGIN = "https://portal.example";

    /** The port of {@code localhost} whose pages the instances preview. They preview no others. */
    public static final int PAGES_PORT = Ports.anyFree();

    // The tests' proxies connect from this address, their clients from another one. Their push services are on this machine.
    private static final Map<String, String> SETTINGS = withPreviews(Map.of("parley.proxies", "127.0.0.1",
            "parley.allowed-origins", ALLOWED_ORIGIN, "parley.push.allowed-hosts", "localhost",
            "parley.jms.connections", "jms/parley/enterprise", "parley.jms.events", "jms/parley/events",
            "parley.jms.inbound", "jms/parley/inbound", "parley.jms.refused", "jms/parley/refused",
            "parley.jms.evidence", "jms/parley/evidence"));

    /** The broker of other applications. It is not started; the instances know its queues. */
    private static final Broker ENTERPRISE = Broker.ofEnterprise();

    private static Cluster cluster;
    /** The failure of the first start, so that later tests fail at once. */
    private static CannotRun failure;

    private TestCluster() {
    }

    /** Starts the cluster while the caller does something else; {@link #shared} then waits for it, and reports a failure. */
    public static void startInBackground() {
        Thread.ofPlatform().daemon().name("cluster-start").start(() -> {
            try {
                shared();
            } catch (CannotRun kept) {
                // The next call throws it.
            }
        });
    }

    private static Map<String, String> withPreviews(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(TestServer.previewing(PAGES_PORT));
        all.putAll(settings);
        all.put("parley.imports.folder", TestServer.imports().toString());
        return all;
    }

    /** The broker whose queues the settings name. A test that needs it starts it and closes it. */
    public static Broker enterprise() {
        return ENTERPRISE;
    }

    private static String queuesOf(Broker broker) {
        StringBuilder commands = new StringBuilder();
        for (String queue : new String[] {"events", "inbound", "refused", "evidence"}) {
            commands.append("create-jms-resource --target parley --restype=jakarta.jms.Queue --property=Name=enterprise.").append(queue)
                    .append(" jms/parley/").append(queue).append('\n');
        }
        // That of a former run has another port.
        return commands.append("delete-jms-resource --target parley jms/parley/enterprise\n")
                .append("create-jms-resource --target parley --restype=jakarta.jms.ConnectionFactory ")
                .append("--property=AddressList=mqtcp\\\\://127.0.0.1\\\\:").append(broker.port())
                .append("/jms:UserName=parley:Password=").append(broker.password())
                .append(":AddressListIterations=1:ReconnectEnabled=false jms/parley/enterprise\n").toString();
    }

    /** The cluster, started by the first call. */
    public static synchronized Cluster shared() {
        if (failure != null) {
            throw failure;
        }
        if (cluster == null) {
            try {
                cluster = Cluster.start(2, Cluster.Links.CUTTABLE, SETTINGS, queuesOf(ENTERPRISE));
            } catch (CannotRun why) {
                failure = why;
                throw why;
            }
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "cluster-end"));
        }
        return cluster;
    }
}
