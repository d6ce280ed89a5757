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
 * Tokens can be verified. Without an issuer's keys nobody could sign in, so the instance asks for no traffic; with keys that
 * are known it goes on, and tells when the issuer is out of reach.
 */
@Readiness
@ApplicationScoped
class IssuerReady implements HealthCheck {

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
