package parley.ops;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import parley.health.Availability;
import parley.hub.GracefulShutdown;

/**
 * {@code /ready}, for the load balancer's checks: 200 while the instance accepts clients, 503 during startup and graceful shutdown. It
 * ignores dependencies that all instances share: the load balancer would remove all instances at once, and open connections survive a
 * database outage.
 */
@WebServlet("/ready")
public class ReadyServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient GracefulShutdown draining;
    @Inject
    private transient Availability availability;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean ready = !draining.isDraining() && availability.startWaitsFor().isEmpty();
        response.setStatus(ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        if (!ready) {
            response.setIntHeader("Retry-After", 1);
        }
        response.setContentType("application/json");
        response.getWriter().write("{\"ready\":" + ready + "}");
    }
}
