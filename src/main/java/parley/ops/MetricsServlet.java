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
 * {@code /metrics}, for Prometheus. Only this machine and the addresses in {@code parley.metrics.addresses} may read it, and only directly:
 * every request through a proxy, and every other address, gets 404 as for a missing page.
 */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient Settings settings;
    @Inject
    private transient Metrics metrics;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        boolean allowed = Network.address(request.getRemoteAddr())
                .filter(sender -> mayRead(sender, settings.metrics().addresses())).isPresent();
        if (allowed && Collections.list(request.getHeaderNames()).stream().noneMatch(MetricsServlet::isProxyHeader)) {
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

    /** Whether this address may read the metrics: loopback, or within an allowed network. */
    static boolean mayRead(InetAddress sender, List<Network> networks) {
        return sender.isLoopbackAddress() || networks.stream().anyMatch(network -> network.contains(sender));
    }

    /** Whether proxies add this header. If so, the remote address is not the client's. */
    static boolean isProxyHeader(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("x-forwarded-") || name.equals("forwarded") || name.equals("via") || name.equals("x-real-ip");
    }
}
