package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import parley.hub.GracefulShutdown;

/** The end of the application: everyone is sent away while their sockets still work, and nothing of it stays in the server. */
@WebListener
public class Shutdown implements ServletContextListener {

    @Inject
    private GracefulShutdown draining;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        draining.drain();
        ServerThreads.forget(event.getServletContext().getClassLoader());
    }
}
