package parley.ops;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.GracefulShutdown;
import parley.lease.Leases;
import parley.sql.DatabaseFailure;
import parley.threads.ManagedThreads;

/**
 * Stops the application: disconnects clients while their sockets still work, ends and hands over tasks while they have the database, and
 * releases the class loader.
 */
@WebListener
public class Shutdown implements ServletContextListener {

    private static final Logger LOG = Logger.getLogger(Shutdown.class.getName());

    @Inject
    private GracefulShutdown draining;
    @Inject
    private ManagedThreads threads;
    @Inject
    private Leases leases;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        draining.drain();
        threads.stopTasks();
        handOver();
        ServerThreads.release(event.getServletContext().getClassLoader());
    }

    private void handOver() {
        try {
            leases.release();
        } catch (RuntimeException failed) {
            LOG.log(Level.INFO, "The tasks of this instance are free for others when their leases end, because the database can''t be"
                    + " reached: {0}", DatabaseFailure.message(failed));
        }
    }
}
