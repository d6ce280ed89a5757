package parley.ops;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import parley.health.Availability;
import parley.health.Started;
import parley.identity.DevelopmentIssuer;
import parley.identity.IssuerKeys;
import parley.settings.Settings;
import parley.sql.DatabaseFailure;
import parley.threads.ManagedThreads;

/**
 * Starts the application: checks settings, migrates the schema, creates the default rooms and fires {@link Started}. If the database is
 * unreachable, it retries on its own thread, and the instance is not ready until then. Any other failure, such as a setting out of bounds
 * or a failed migration, fails the deployment.
 */
@ApplicationScoped
class Startup {

    private static final Logger LOG = Logger.getLogger(Startup.class.getName());
    private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

    @Resource(lookup = "jdbc/parley")
    private DataSource database;
    @Inject
    private BeanManager beans;
    @Inject
    private Settings settings;
    @Inject
    private IssuerKeys keys;
    @Inject
    private DefaultRooms defaultRooms;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Availability availability;
    @Inject
    private Event<Started> started;

    private Thread retrying;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        LOG.log(Level.INFO, "Parley {0} starts as instance {1}", new Object[] {settings.instance().build(), settings.instance().name()});
        keys.missing().ifPresent(why -> LOG.log(Level.WARNING, "Tokens can''t be verified, so this instance won''t be ready: {0}", why));
        if (!settings.limits().on()) {
            LOG.warning("parley.limits is off: a single user or address can use all of this server's capacity.");
        }
        if (DevelopmentIssuer.instance().isPresent()) {
            LOG.warning("The development issuer is on: anyone who can reach this server can sign in as any user.");
        }
        createBeans();
        try {
            bringUp();
        } catch (RuntimeException failed) {
            String why = DatabaseFailure.away(failed).orElseThrow(() -> failed);
            availability.waitsFor("the database: " + why);
            LOG.log(Level.WARNING, "The database is not usable yet, so this instance is not ready; retrying: {0}", why);
            retrying = managed.named("parley-start").newThread(this::retryUntilUp);
            retrying.start();
        }
    }

    // Creates all beans now, on a container thread: their JNDI lookups would fail on the threads that read from connections.
    private void createBeans() {
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (bean.getScope() == ApplicationScoped.class && bean.getBeanClass().getPackageName().startsWith("parley")) {
                // The first call of a method is what makes the bean behind a client proxy.
                LOG.fine("Made " + beans.getReference(bean, Object.class, beans.createCreationalContext(bean)));
            }
        }
    }

    // Safe to repeat after a failure part of the way.
    private void bringUp() {
        Schema.migrate(database);
        defaultRooms.create();
        defaultRooms.storeWhatTheFloorKeeps();
        started.fire(new Started());
        availability.started();
    }

    private void retryUntilUp() {
        Duration pause = MIN_BACKOFF;
        try {
            while (availability.startWaitsFor().isPresent()) {
                Thread.sleep(pause);
                retry();
                pause = pause.plus(MIN_BACKOFF).compareTo(MAX_BACKOFF) < 0 ? pause.plus(MIN_BACKOFF) : MAX_BACKOFF;
            }
            LOG.info("The database is usable: startup has finished");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void retry() {
        try {
            bringUp();
        } catch (RuntimeException failed) {
            String why = DatabaseFailure.away(failed).map(away -> "the database: " + away)
                    .orElseGet(() -> "a startup step that keeps failing: " + DatabaseFailure.message(failed));
            if (!availability.startWaitsFor().equals(Optional.of(why))) {
                LOG.log(Level.WARNING, "This instance is not ready. It waits for {0}", why);
            }
            availability.waitsFor(why);
        }
    }

    @PreDestroy
    void stop() {
        if (retrying != null) {
            retrying.interrupt();
        }
    }
}
