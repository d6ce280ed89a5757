package parley.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Signs tokens as the server's development issuer does, with its key: ten thousand of them in seconds. A user's is kept. */
final class Issuer {

    private static final long LIFETIME_SECONDS = 7_200;

    private final RSAKey key;
    private final RSASSASigner signer;
    private final Map<String, String> tokens = new HashMap<>();

    /** @param jwk the key, private part and all (RFC 7517) */
    Issuer(String jwk) {
        try {
            key = RSAKey.parse(jwk);
            signer = new RSASSASigner(key);
        } catch (ParseException | JOSEException notAKey) {
            throw new IllegalArgumentException(notAKey);
        }
    }

    /** One whose key nobody else has. */
    static Issuer withNewKey() {
        try {
            return new Issuer(new RSAKeyGenerator(2048).keyID("benchmark").generate().toJSONString());
        } catch (JOSEException defect) {
            throw new IllegalStateException(defect);
        }
    }

    /** A token of this user, valid for two hours. */
    String token(String user) {
        return tokens.computeIfAbsent(user, this::sign);
    }

    /** The key that its tokens are verified with, as PEM (RFC 7468). */
    String publicKey() {
        try {
            return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.toPublicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
        } catch (JOSEException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private String sign(String user) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer("parley-development").audience("parley").subject(user)
                .claim("upn", user).claim("name", "User " + user).jwtID(UUID.randomUUID().toString()).issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(LIFETIME_SECONDS))).build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build();
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException defect) {
            throw new IllegalStateException(defect);
        }
    }
}
