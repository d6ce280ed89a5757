package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import parley.identity.IssuerKeys;

/**
 * Readiness: tokens can be verified. Without the issuer's keys nobody can sign in, so the instance is down. With cached keys it is up, and
 * reports since when the issuer has been unreachable.
 */
@Readiness
@ApplicationScoped
class IssuerCheck implements HealthCheck {

    @Inject
    private IssuerKeys keys;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("parley-issuer");
        keys.areKnown();
        keys.unreachableSince().ifPresent(since -> check.withData("keys", "out of reach since " + since.truncatedTo(ChronoUnit.SECONDS)));
        return keys.missing().map(why -> check.down().withData("reason", why).build()).orElseGet(() -> check.up().build());
    }
}
