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
 * The start of the application: settings are checked, the schema is brought up to date, and the default rooms are there. It waits
 * for a database that can't be reached, on a thread of its own, and the instance is not ready meanwhile. Anything else that fails here,
 * such as a setting that is out of bounds or a migration, fails the deployment.
 */
@ApplicationScoped
class Startup {

    private static final Logger LOG = Logger.getLogger(Startup.class.getName());
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

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
    private Availability serving;
    @Inject
    private Event<Started> started;

    private Thread waiting;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        LOG.log(Level.INFO, "Parley {0} starts as node {1}", new Object[] {settings.build(), settings.node()});
        keys.missing().ifPresent(why -> LOG.log(Level.WARNING, "This instance will not be ready: {0}", why));
        if (!settings.limits()) {
            LOG.warning("Limits are off: one user or one address may use all that this server has.");
        }
        if (DevelopmentIssuer.instance().isPresent()) {
            LOG.warning("The development issuer is switched on: anyone who reaches this server can sign in as anyone.");
        }
        makeAll();
        try {
            open();
        } catch (RuntimeException failed) {
            String why = DatabaseFailure.away(failed).orElseThrow(() -> failed);
            serving.waitsFor("the database: " + why);
            LOG.log(Level.WARNING, "This instance is not ready, because it can''t use the database yet; it keeps trying: {0}", why);
            waiting = managed.named("parley-start").newThread(this::openLater);
            waiting.start();
        }
    }

    // Now, because what a bean asks the container for is found only by threads that the container knows, and those that read from
    // connections are not among them.
    private void makeAll() {
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (bean.getScope() == ApplicationScoped.class && bean.getBeanClass().getPackageName().startsWith("parley")) {
                // The first call of a method is what makes the bean behind a client proxy.
                LOG.fine("Made " + beans.getReference(bean, Object.class, beans.createCreationalContext(bean)));
            }
        }
    }

    // May be tried again after it failed half-way.
    private void open() {
        Schema.migrate(database);
        defaultRooms.open();
        started.fire(new Started());
        serving.started();
    }

    private void openLater() {
        Duration pause = SHORTEST_PAUSE;
        try {
            while (serving.startWaitsFor().isPresent()) {
                Thread.sleep(pause);
                tryToOpen();
                pause = pause.plus(SHORTEST_PAUSE).compareTo(LONGEST_PAUSE) < 0 ? pause.plus(SHORTEST_PAUSE) : LONGEST_PAUSE;
            }
            LOG.info("The database is there: this instance has started");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryToOpen() {
        try {
            open();
        } catch (RuntimeException failed) {
            String why = DatabaseFailure.away(failed).map(away -> "the database: " + away)
                    .orElseGet(() -> "a start that fails: " + DatabaseFailure.message(failed));
            if (!serving.startWaitsFor().equals(Optional.of(why))) {
                LOG.log(Level.WARNING, "This instance is not ready. It waits for {0}", why);
            }
            serving.waitsFor(why);
        }
    }

    @PreDestroy
    void stop() {
        if (waiting != null) {
            waiting.interrupt();
        }
    }
}
