package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import parley.hub.GracefulShutdown;

/** Readiness: no graceful shutdown is in progress. */
@Readiness
@ApplicationScoped
class ShutdownCheck implements HealthCheck {

    @Inject
    private GracefulShutdown draining;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("parley-not-draining").status(!draining.isDraining()).build();
    }
}
