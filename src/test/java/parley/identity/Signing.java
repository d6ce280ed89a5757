package parley.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/** Two RSA keys and what they sign. Making a key takes a tenth of a second, so all tests share these two. */
final class Signing {

    private static final RSAKey ISSUER = generate();
    private static final RSAKey OTHER = generate();

    private Signing() {
    }

    /** The issuer's key, under this id. */
    static RSAKey key(String id) {
        return new RSAKey.Builder(ISSUER).keyID(id).build();
    }

    /** Another key than the issuer's, under this id. */
    static RSAKey otherKey(String id) {
        return new RSAKey.Builder(OTHER).keyID(id).build();
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException defect) {
            throw new AssertionError(defect);
        }
    }

    /** A token of this type, or without a type if it is null. */
    static String sign(RSAKey key, JOSEObjectType type, JWTClaimsSet claims) {
        try {
            return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).type(type).keyID(key.getKeyID()).build(), claims, new RSASSASigner(key));
        } catch (JOSEException defect) {
            throw new AssertionError(defect);
        }
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException defect) {
            throw new AssertionError(defect);
        }
    }
}
