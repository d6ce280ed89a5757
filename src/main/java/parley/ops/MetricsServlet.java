package parley.ops;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import parley.metrics.Metrics;
import parley.settings.Network;
import parley.settings.Settings;

/**
 * What this instance counts and measures, for a Prometheus of the installation. Only this machine and {@code parley.metrics.addresses}
 * may read it, and nobody through a proxy. To others it is an address that does not exist.
 */
@WebServlet("/metrics")
public class MetricsPage extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient Settings settings;
    @Inject
    private transient Metrics metrics;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        boolean mayRead = Network.address(request.getRemoteAddr()).filter(sender -> mayRead(sender, settings.metricsAddresses())).isPresent();
        if (mayRead && Collections.list(request.getHeaderNames()).stream().noneMatch(MetricsPage::isOfAProxy)) {
            super.service(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(Metrics.TYPE);
        metrics.write(response.getOutputStream());
    }

    /** Whether a request may be answered that this address sends itself. */
    static boolean mayRead(InetAddress sender, List<Network> invited) {
        return sender.isLoopbackAddress() || invited.stream().anyMatch(network -> network.contains(sender));
    }

    /** Whether this header is one that a proxy adds: then the sender is not who asks. */
    static boolean isOfAProxy(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("x-forwarded-") || name.equals("forwarded") || name.equals("via") || name.equals("x-real-ip");
    }
}
