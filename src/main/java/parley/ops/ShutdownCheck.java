package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import parley.hub.GracefulShutdown;

/** The instance is not sending everyone away. */
@Readiness
@ApplicationScoped
class NotShuttingDown implements HealthCheck {

    @Inject
    private GracefulShutdown draining;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("parley-not-draining").status(!draining.isDraining()).build();
    }
}
