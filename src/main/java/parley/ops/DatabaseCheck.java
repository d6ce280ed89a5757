package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import parley.health.Availability;
import parley.health.DatabaseWatch;

/** Readiness: startup has finished and the database accepts writes. Closed mode is reported, but counts as ready. */
@Readiness
@ApplicationScoped
class DatabaseCheck implements HealthCheck {

    @Inject
    private Availability availability;
    @Inject
    private DatabaseWatch database;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("parley-database");
        availability.closedBecause().ifPresent(why -> check.withData("closed", why));
        return availability.startWaitsFor().map(what -> "waits for " + what).or(database::trouble)
                .map(why -> check.down().withData("reason", why).build()).orElseGet(() -> check.up().build());
    }
}
