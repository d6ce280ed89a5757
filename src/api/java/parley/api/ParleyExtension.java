package parley.api;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * CDI extension of an application. It adds the bean that is injected as {@link Parley}. It finds the rooms whose messages the application
 * observes, and binds a listener in the server's JNDI from the application's start to its end. Parley reads the listeners when it starts,
 * and when one is added or removed.
 */
public class ParleyExtension implements Extension {

    private static final Logger LOG = Logger.getLogger(ParleyExtension.class.getName());
    private static final String CONTEXTS = "java:comp/DefaultContextService";

    private final String name = "parley/listeners/" + UUID.randomUUID();
    private final Set<String> rooms = new HashSet<>();
    private boolean observesAll;
    private boolean isBound;

    /** Adds the bean. Each place that injects it gets an object of its own, which keeps nothing but two names. */
    void addBean(@Observes AfterBeanDiscovery discovered) {
        discovered.<Parley>addBean().types(Parley.class).scope(Dependent.class).produceWith(instance -> ServiceCalls.ofApplication());
    }

    /** Notes an observer. */
    void found(@Observes ProcessObserverMethod<MessagePosted, ?> observer) {
        Set<InRoom> chosen = new HashSet<>();
        observer.getObserverMethod().getObservedQualifiers().stream().filter(InRoom.class::isInstance).map(InRoom.class::cast)
                .forEach(chosen::add);
        chosen.forEach(room -> rooms.add(room.value()));
        observesAll |= chosen.isEmpty();
    }

    /** Binds the listener, if there is an observer. */
    void start(@Observes AfterDeploymentValidation deployed, BeanManager beans) {
        if (rooms.isEmpty() && !observesAll) {
            return;
        }
        Consumer<Map<String, Object>> listener = inContext(event -> fire(beans, event));
        Map<String, Object> entry = Map.of("rooms", Set.copyOf(rooms), "all", observesAll, "listener", listener);
        try {
            // A supplier, because JNDI copies what can be serialized.
            new InitialContext().rebind(name, new Entry(entry));
            isBound = true;
        } catch (NamingException refused) {
            deployed.addDeploymentProblem(refused);
            return;
        }
        changed();
    }

    /** Removes the listener. */
    void stop(@Observes BeforeShutdown stopping) {
        if (!isBound) {
            return;
        }
        try {
            new InitialContext().unbind(name);
        } catch (NamingException gone) {
            LOG.log(Level.FINE, "The listener was not in JNDI", gone);
        }
        changed();
    }

    // Parley reads JNDI itself when it starts.
    private static void changed() {
        try {
            Port.ask(Map.of("do", "listeners"));
        } catch (ParleyException notDeployed) {
            LOG.log(Level.FINE, "Parley will find the listener when it starts", notDeployed);
        }
    }

    private static void fire(BeanManager beans, Map<String, Object> event) {
        MessagePosted posted = new MessagePosted((String) event.get("room"), (Long) event.get("offset"), (Instant) event.get("at"),
                (String) event.get("user"), (String) event.get("name"), (String) event.get("text"), (Long) event.get("thread"));
        beans.getEvent().select(MessagePosted.class, new InRoom.Of(posted.room())).fire(posted);
    }

    // Runs the observers with the class loader and the names of this application.
    @SuppressWarnings("unchecked") // A proxy of the listener is one.
    private static Consumer<Map<String, Object>> inContext(Consumer<Map<String, Object>> listener) {
        try {
            ContextService contexts = (ContextService) new InitialContext().lookup(CONTEXTS);
            return contexts.createContextualProxy(listener, Consumer.class);
        } catch (NamingException noService) {
            throw new IllegalStateException("This server has no " + CONTEXTS, noService);
        }
    }

    private record Entry(Map<String, Object> content) implements Supplier<Map<String, Object>> {

        @Override
        public Map<String, Object> get() {
            return content;
        }
    }
}
