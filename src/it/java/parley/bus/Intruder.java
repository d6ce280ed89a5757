package parley.bus;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import parley.server.Broker;

/** An attacker with the broker's password but without the installation's key: reads everything on the topic and sends anything to it. */
final class Intruder implements AutoCloseable {

    private static final Path CLIENT = Path.of(System.getProperty("basedir", ""), "target/payara7/mq/lib/imq.jar").toAbsolutePath();

    private final JMSContext context;
    private final JMSContext receiving;
    private final List<Message> received = new CopyOnWriteArrayList<>();

    Intruder(Broker broker) throws Exception {
        ConnectionFactory connections = connections("mqtcp://127.0.0.1:" + broker.port() + "/jms");
        context = connections.createContext("parley", broker.password());
        receiving = connections.createContext("parley", broker.password());
        receiving.createConsumer(receiving.createTopic("parley.rooms")).setMessageListener(received::add);
    }

    // Loads the JMS client of the Payara distribution, which is not on the class path of the tests.
    private static ConnectionFactory connections(String address) throws ReflectiveOperationException, MalformedURLException {
        @SuppressWarnings("resource") // The JVM needs its classes until it exits.
        var loader = new URLClassLoader(new URL[] {CLIENT.toUri().toURL()}, Intruder.class.getClassLoader());
        Object factory = loader.loadClass("com.sun.messaging.ConnectionFactory").getConstructor().newInstance();
        factory.getClass().getMethod("setProperty", String.class, String.class).invoke(factory, "imqAddressList", address);
        return (ConnectionFactory) factory;
    }

    /** The bodies of all bytes messages so far. */
    List<byte[]> recorded() {
        return received.stream().filter(BytesMessage.class::isInstance).map(message -> body((BytesMessage) message)).toList();
    }

    /** Headers and properties of all messages so far, as text. */
    String headers() {
        return received.stream().map(Message::toString).reduce("", String::concat);
    }

    int count() {
        return received.size();
    }

    void send(byte[] content) {
        send(context -> {
            BytesMessage message = context.createBytesMessage();
            message.writeBytes(content);
            return message;
        });
    }

    /** Sends any message. */
    void send(MessageFactory factory) {
        try {
            context.createProducer().send(context.createTopic("parley.rooms"), factory.create(context));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates a message. */
    interface MessageFactory {
        Message create(JMSContext context) throws JMSException;
    }

    private static byte[] body(BytesMessage message) {
        try {
            message.reset();
            byte[] body = new byte[(int) message.getBodyLength()];
            message.readBytes(body);
            return body;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        receiving.close();
        context.close();
    }
}
