package parley.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Signs tokens without asking for a password, so that a fresh clone can be tried. It exists only if the system property
 * {@code parley.development-issuer} names its key file. A missing file is created; instances that share the file accept each other's
 * tokens. Never set the property on a server that others can reach.
 */
public final class DevelopmentIssuer {

    /** The system property that switches it on and names the key file. */
    public static final String PROPERTY = "parley.development-issuer";

    static final String ISSUER = "parley-development";
    static final String AUDIENCE = "parley";

    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final Optional<DevelopmentIssuer> INSTANCE =
            Optional.ofNullable(System.getProperty(PROPERTY)).filter(file -> !file.isBlank())
                    .map(file -> new DevelopmentIssuer(Path.of(file)));

    private final RSAKey key;

    private DevelopmentIssuer(Path file) {
        try {
            key = Files.exists(file) ? RSAKey.parse(Files.readString(file)) : create(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("The development issuer's key file " + file + " doesn't contain an RSA key.", e);
        }
    }

    /** The development issuer, if it is switched on. */
    public static Optional<DevelopmentIssuer> instance() {
        return INSTANCE;
    }

    /** A signed token. */
    public record Token(String token, Instant expires) {}

    /** A token for this user, valid for 12 hours. */
    public Token issue(String user, String name, List<String> groups) {
        Instant now = Instant.now();
        Instant expires = now.plus(LIFETIME);
        JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(ISSUER).audience(AUDIENCE).subject(user)
                .claim("upn", user).claim("name", name).claim("groups", groups).jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now)).expirationTime(Date.from(expires)).build();
        SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID())
                .type(com.nimbusds.jose.JOSEObjectType.JWT).build(), claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The development issuer could not sign.", e);
        }
        return new Token(jwt.serialize(), expires);
    }

    String publicKeys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    private static RSAKey create(Path file) throws IOException, JOSEException, ParseException {
        RSAKey created = new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256)
                .keyIDFromThumbprint(true).generate();
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "issuer", ".jwk");
        Files.writeString(draft, created.toJSONString());
        try {
            // If another instance created the file first, use its key.
            Files.move(draft, file);
            return created;
        } catch (FileAlreadyExistsException there) {
            Files.delete(draft);
            return RSAKey.parse(Files.readString(file));
        }
    }
}
