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

/** Measures how long a call over HTTP takes, from its first filter to its answer, by whether it only reads and by the class of its status. */
@Provider
@PreMatching
@Priority(0)
public class CallMetrics implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String BEGUN = "parley.begun";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final int CLASS = 100;

    @Inject
    private Metrics metrics;

    private final Map<String, Histogram> times = new ConcurrentHashMap<>();

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(BEGUN, System.nanoTime());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(BEGUN) instanceof Long begun) {
            String kind = READING.contains(request.getMethod()) ? "read" : "write";
            String status = response.getStatus() / CLASS + "xx";
            times.computeIfAbsent(kind + status, first -> metrics.times("parley_rest_request_seconds",
                    "Calls of the HTTP interface: how long they took.", "kind", kind, "status", status)).recordNanos(System.nanoTime() - begun);
        }
    }
}
