package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import parley.health.Availability;
import parley.health.DatabaseWatch;

/** The start is finished, and the database takes writes. */
@Readiness
@ApplicationScoped
class DatabaseReady implements HealthCheck {

    @Inject
    private Availability serving;
    @Inject
    private DatabaseWatch database;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("parley-database");
        serving.closedBecause().ifPresent(why -> check.withData("closed", why));
        return serving.startWaitsFor().map(what -> "waits for " + what).or(database::trouble)
                .map(why -> check.down().withData("reason", why).build()).orElseGet(() -> check.up().build());
    }
}
