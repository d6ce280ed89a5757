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
 * What a proxy asks an instance once a second: 200 while it takes people, 503 while it starts or sends them away. It does not look at
 * what the instances share: a proxy would take all of them out together, and open sockets do without the database for a while.
 */
@WebServlet("/ready")
public class Ready extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient GracefulShutdown draining;
    @Inject
    private transient Availability serving;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean ready = !draining.isDraining() && serving.startWaitsFor().isEmpty();
        response.setStatus(ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        if (!ready) {
            response.setIntHeader("Retry-After", 1);
        }
        response.setContentType("application/json");
        response.getWriter().write("{\"ready\":" + ready + "}");
    }
}
