package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import parley.identity.TokenVerifier;

/** Tokens can be verified. Without an issuer nobody could sign in, so the instance asks for no traffic. */
@Readiness
@ApplicationScoped
class IssuerReady implements HealthCheck {

    @Inject
    private TokenVerifier tokens;

    @Override
    public HealthCheckResponse call() {
        return tokens.missing()
                .map(why -> HealthCheckResponse.named("parley-issuer").down().withData("reason", why).build())
                .orElseGet(() -> HealthCheckResponse.up("parley-issuer"));
    }
}
