package parley.tracing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import parley.settings.OwnConfig;
import parley.settings.Settings;

/**
 * Begins the traces of commands. Without OpenTelemetry in the server, or with its switch off (the default), every trace is {@link
 * Trace#NONE}; that costs one field read and allocates nothing. Safe for every thread.
 */
@ApplicationScoped
public class Tracing {

    private static final Logger LOG = Logger.getLogger(Tracing.class.getName());
    private static final String API = "io.opentelemetry.api.OpenTelemetry";
    private static final String SWITCH = "otel.sdk.disabled";

    /** Null if commands are not traced. */
    private Traces traces;

    /** For the container's proxy. */
    protected Tracing() {
    }

    @Inject
    Tracing(@OwnConfig Config config, Settings settings) {
        this(!config.getOptionalValue(SWITCH, Boolean.class).orElse(true), settings.instance().name());
    }

    Tracing(boolean on, String instance) {
        traces = on && isInstalled() ? OpenTelemetryTraces.ofThisApplication(instance).orElse(null) : null;
        if (on) {
            LOG.log(Level.INFO, traces != null ? "Commands are traced" : "Commands are not traced: the server has no OpenTelemetry");
        }
    }

    // The server finds the SDK of an application by the calling thread, and only the thread that deploys it is sure to belong to it.
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    }

    private static boolean isInstalled() {
        try {
            Class.forName(API, false, Tracing.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /** Begins the trace of a command on a socket; {@link Trace#NONE} if it is not sampled. The type comes from a closed list. */
    public Trace command(String type) {
        return traces == null ? Trace.NONE : traces.command(type);
    }

    /** The same for a command over HTTP, on the thread of its request. */
    public Trace request(String type) {
        return traces == null ? Trace.NONE : traces.request(type);
    }
}
