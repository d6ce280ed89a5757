package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import parley.hub.Draining;

/** The instance is not sending everyone away. */
@Readiness
@ApplicationScoped
class NotDraining implements HealthCheck {

    @Inject
    private Draining draining;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("parley-not-draining").status(!draining.isDraining()).build();
    }
}
