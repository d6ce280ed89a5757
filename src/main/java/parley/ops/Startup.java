package parley.ops;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import parley.identity.DevelopmentIssuer;
import parley.identity.IssuerKeys;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.protocol.Retention;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.OpeningRoom;
import parley.room.Rooms;
import parley.settings.Settings;

/**
 * The start of the application, before its first request: settings are checked, the schema is brought up to date, and
 * the default rooms are there.
 */
@ApplicationScoped
class Startup {

    private static final Logger LOG = Logger.getLogger(Startup.class.getName());
    private static final User PARLEY = new User("parley", "Parley");

    @Resource(lookup = "jdbc/parley")
    private DataSource database;
    @Inject
    private BeanManager beans;
    @Inject
    private Settings settings;
    @Inject
    private Journal journal;
    @Inject
    private Rooms rooms;
    @Inject
    private IssuerKeys keys;
    @Inject
    private RevocationWatch revocations;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        LOG.log(Level.INFO, "Parley starts as node {0}", settings.node());
        keys.missing().ifPresent(why -> LOG.log(Level.SEVERE, "This instance will not be ready: {0}", why));
        if (!settings.limits()) {
            LOG.warning("Limits are off: one user or one address may use all that this server has.");
        }
        Flyway.configure(Startup.class.getClassLoader()).dataSource(database).load().migrate();
        revocations.begin();
        makeAll();
        settings.defaultRooms().forEach(room -> open(room.id(), new RoomProfile(room.name(), RoomKind.PUBLIC, "", Retention.FOREVER)));
        if (DevelopmentIssuer.instance().isPresent()) {
            LOG.warning("The development issuer is switched on: anyone who reaches this server can sign in as anyone.");
            open("random", new RoomProfile("Random", RoomKind.PUBLIC, "Everything else", Retention.FOREVER));
        }
    }

    // Now, because what a bean asks the container for is found only by threads that the container knows, and those that read from
    // connections are not among them.
    private void makeAll() {
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (bean.getScope() == ApplicationScoped.class && bean.getBeanClass().getPackageName().startsWith("parley")) {
                beans.getReference(bean, Object.class, beans.createCreationalContext(bean)).toString();
            }
        }
    }

    // A room that was there once, though it is closed, stays as it is.
    private void open(String id, RoomProfile profile) {
        // Looking first also wakes the persistence unit, which on a busy machine takes longer than a command may wait.
        if (rooms.view(id).isEmpty() && journal.submit(new OpeningRoom(id, PARLEY, profile)).join() instanceof Receipt.Refused refused) {
            LOG.log(Level.WARNING, "The room {0} of parley.rooms.default is not made: {1}", new Object[] {id, refused.problem().message()});
        }
    }
}
