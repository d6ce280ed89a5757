package parley.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import parley.metrics.Histogram;
import parley.metrics.Metrics;

/** Measures how long calls over HTTP take, from the first filter to the response, by kind (read or write) and by class of status. */
@Provider
@PreMatching
@Priority(0)
public class CallMetrics implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String STARTED = "parley.started";
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final int STATUS_CLASS = 100;

    @Inject
    private Metrics metrics;

    private final Map<String, Histogram> times = new ConcurrentHashMap<>();

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(STARTED, System.nanoTime());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(STARTED) instanceof Long started) {
            String kind = READS.contains(request.getMethod()) ? "read" : "write";
            String status = response.getStatus() / STATUS_CLASS + "xx";
            times.computeIfAbsent(kind + status, first -> metrics.times("parley_rest_request_seconds",
                    "Calls of the HTTP interface: how long they took.", "kind", kind, "status", status))
                    .recordNanos(System.nanoTime() - started);
        }
    }
}
