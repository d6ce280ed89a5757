package parley.jms;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import parley.settings.Settings;

/**
 * The connection factory and the destinations that the settings name. One that is missing is looked for again every ten seconds, so an
 * administrator can create it while this instance runs. Safe for every thread.
 */
@ApplicationScoped
class JmsResources {

    private static final Logger LOG = Logger.getLogger(JmsResources.class.getName());
    private static final long AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

    @Inject
    private Settings settings;

    private final Map<String, Object> found = new ConcurrentHashMap<>();
    /** When each missing one was looked for. */
    private final Map<String, Long> missing = new ConcurrentHashMap<>();

    /** The connection factory, if the server has it. */
    Optional<ConnectionFactory> connections() {
        return find(settings.jms().connections(), ConnectionFactory.class);
    }

    /** The destination of this name, if the settings have a name and the server has it. */
    Optional<Destination> destination(String name) {
        return name.isEmpty() ? Optional.empty() : find(name, Destination.class);
    }

    private <T> Optional<T> find(String name, Class<T> type) {
        Long looked = missing.get(name);
        if (!found.containsKey(name) && (looked == null || System.nanoTime() - looked >= AGAIN_NANOS)) {
            lookUp(name, type);
        }
        return Optional.ofNullable(found.get(name)).map(type::cast);
    }

    private void lookUp(String name, Class<?> type) {
        try {
            Object resource = InitialContext.doLookup(name);
            if (type.isInstance(resource)) {
                found.put(name, resource);
                return;
            }
        } catch (NamingException absent) {
            LOG.log(Level.FINE, "A resource was not found", absent);
        }
        if (missing.put(name, System.nanoTime()) == null) {
            LOG.log(Level.WARNING, "The server has no JMS resource {0} of type {1}, which the settings name. Parley looks for it again",
                    new Object[] {name, type.getSimpleName()});
        }
    }
}
