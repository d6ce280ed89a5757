package parley.ops;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import parley.hub.GracefulShutdown;

/** Stops the application: disconnects clients gracefully while their sockets still work, and releases the class loader. */
@WebListener
public class Shutdown implements ServletContextListener {

    @Inject
    private GracefulShutdown draining;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        draining.drain();
        ServerThreads.release(event.getServletContext().getClassLoader());
    }
}
