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

/** A program that knows nothing but the broker's password: it hears all that is on the topic, and says what it likes. */
final class Intruder implements AutoCloseable {

    private static final Path CLIENT = Path.of(System.getProperty("basedir", ""), "target/payara7/mq/lib/imq.jar").toAbsolutePath();

    private final JMSContext context;
    private final JMSContext listening;
    private final List<Message> heard = new CopyOnWriteArrayList<>();

    Intruder(Broker broker) throws Exception {
        ConnectionFactory connections = connections("mqtcp://127.0.0.1:" + broker.port() + "/jms");
        context = connections.createContext("parley", broker.password());
        listening = connections.createContext("parley", broker.password());
        listening.createConsumer(listening.createTopic("parley.rooms")).setMessageListener(heard::add);
    }

    // The client of the distribution, which is not on the class path of the tests.
    private static ConnectionFactory connections(String address) throws ReflectiveOperationException, MalformedURLException {
        @SuppressWarnings("resource") // Its classes are needed until the end of the JVM.
        var loader = new URLClassLoader(new URL[] {CLIENT.toUri().toURL()}, Intruder.class.getClassLoader());
        Object factory = loader.loadClass("com.sun.messaging.ConnectionFactory").getConstructor().newInstance();
        factory.getClass().getMethod("setProperty", String.class, String.class).invoke(factory, "imqAddressList", address);
        return (ConnectionFactory) factory;
    }

    /** The content of all binary messages so far. */
    List<byte[]> recorded() {
        return heard.stream().filter(BytesMessage.class::isInstance).map(message -> body((BytesMessage) message)).toList();
    }

    /** All that there was to see of the messages so far, beside the content of the binary ones. */
    String seen() {
        return heard.stream().map(Message::toString).reduce("", String::concat);
    }

    int count() {
        return heard.size();
    }

    void sends(byte[] content) {
        sends(context -> {
            BytesMessage message = context.createBytesMessage();
            message.writeBytes(content);
            return message;
        });
    }

    /** Sends any message. */
    void sends(Making making) {
        try {
            context.createProducer().send(context.createTopic("parley.rooms"), making.make(context));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How a message is made. */
    interface Making {
        Message make(JMSContext context) throws JMSException;
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
        listening.close();
        context.close();
    }
}
