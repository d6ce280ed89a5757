package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import parley.hub.StandardWireUse;
import parley.threads.ManagedThreads;

/**
 * Liveness: the application is deployed. It names each thread that has completed nothing for too long, but never fails for it: such a
 * thread usually waits for the database or the broker, and a restart does not help against that. It also says if connections use the
 * standard WebSocket API.
 */
@Liveness
@ApplicationScoped
class LivenessCheck implements HealthCheck {

    @Inject
    private ManagedThreads threads;
    @Inject
    private StandardWireUse standard;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("parley");
        threads.late().forEach(check::withData);
        standard.reason().ifPresent(why -> check.withData("standard wire", why));
        return check.up().build();
    }
}
