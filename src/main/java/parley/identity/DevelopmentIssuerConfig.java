package parley.identity;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The configuration that trusts the development issuer: {@code mp.jwt.verify.*}, as {@link TokenVerifier} reads it. Empty if the
 * development issuer is off.
 */
public final class DevelopmentIssuerConfig implements ConfigSource {

    private final Map<String, String> properties = DevelopmentIssuer.instance()
            .map(issuer -> Map.of("mp.jwt.verify.issuer", DevelopmentIssuer.ISSUER,
                    "mp.jwt.verify.audiences", DevelopmentIssuer.AUDIENCE,
                    "mp.jwt.verify.publickey", issuer.publicKeys()))
            .orElse(Map.of());

    @Override
    public Map<String, String> getProperties() {
        return properties;
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return "Parley's development issuer";
    }
}
