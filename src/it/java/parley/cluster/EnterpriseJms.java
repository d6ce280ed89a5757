package parley.cluster;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import parley.server.Broker;
import parley.server.TestCluster;

/** The broker of the enterprise, and programs that use it beside the shared cluster, whose settings name its queues. */
final class EnterpriseJms implements AutoCloseable {

    private static final Path CLIENT = Path.of(System.getProperty("basedir", ""), "target/payara7/mq/lib/imq.jar").toAbsolutePath();
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final Broker broker = TestCluster.enterprise();

    EnterpriseJms() {
        broker.start();
    }

    Broker broker() {
        return broker;
    }

    /** A connection of another program, with acknowledgements of its own. */
    JMSContext connects() {
        try {
            @SuppressWarnings("resource") // The JVM needs its classes until it exits.
            var loader = new URLClassLoader(new URL[] {CLIENT.toUri().toURL()}, EnterpriseJms.class.getClassLoader());
            Object factory = loader.loadClass("com.sun.messaging.ConnectionFactory").getConstructor().newInstance();
            factory.getClass().getMethod("setProperty", String.class, String.class).invoke(factory, "imqAddressList",
                    "mqtcp://127.0.0.1:" + broker.port() + "/jms");
            return ((ConnectionFactory) factory).createContext("parley", broker.password(), JMSContext.AUTO_ACKNOWLEDGE);
        } catch (ReflectiveOperationException | MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next message; waits for it. */
    static Message receives(JMSConsumer consumer) {
        Message next = consumer.receive(LONGEST_WAIT_MILLIS);
        if (next == null) {
            throw new AssertionError("No message arrived");
        }
        return next;
    }

    @Override
    public void close() {
        broker.close();
    }
}
