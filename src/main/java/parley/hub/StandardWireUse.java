package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.settings.WireKind;

/** Whether connections use the standard WebSocket API instead of Parley's own wire, and why. Safe for every thread. */
@ApplicationScoped
public class StandardWireUse {

    private static final Logger LOG = Logger.getLogger(StandardWireUse.class.getName());

    private final AtomicReference<String> reason = new AtomicReference<>();
    private Counter connections;

    /** For the container's proxy. */
    protected StandardWireUse() {
    }

    @Inject
    StandardWireUse(Metrics metrics) {
        connections = metrics.count("parley_connections_standard_total", "Connections that were opened on the standard WebSocket API.");
    }

    /** A connection uses the standard API. The first one is logged. */
    public void note(WireKind wanted) {
        connections.increment();
        String why = wanted == WireKind.STANDARD ? "parley.wire is standard" : "this server's connections can't be taken over";
        if (reason.compareAndSet(null, why)) {
            LOG.warning("Connections use the standard WebSocket API, because " + why
                    + ". It is slower, and the server reads frames by its own rules.");
        }
    }

    /** Why connections use the standard API; empty if none has used it since the start. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason.get());
    }
}
