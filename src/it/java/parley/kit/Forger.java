package parley.kit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens of Bob's, true but for what it is told to change. */
final class Forger {

    private static final RSAKey FOREIGN = foreignKey();

    private Forger() {
    }

    /** Signed by the issuer's own key. */
    static String withClaims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(header().build(), claims(change), issuersKey());
    }

    /** Signed by a key that is not the issuer's. */
    static String byForeignKey(UnaryOperator<JWSHeader.Builder> change) {
        return signed(change.apply(header()).build(), claims(UnaryOperator.identity()), FOREIGN);
    }

    /** The public part of the foreign key. */
    static RSAKey foreignPublicKey() {
        return FOREIGN.toPublicJWK();
    }

    /** Without a signature, its algorithm written in this way. */
    static String unsigned(String algorithm) {
        return begun(algorithm) + ".";
    }

    /** Under an elliptic-curve header, the signature all zeros. */
    static String zeroSignature() {
        return begun("ES256") + "." + Base64URL.encode(new byte[64]);
    }

    /** Its HMAC made with the issuer's public key as the secret. */
    static String hmacWithPublicKey() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(issuersKey().toPublicKey().getEncoded(), "HmacSHA256"));
            String begun = begun("HS256");
            return begun + "." + Base64URL.encode(mac.doFinal(begun.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException | JOSEException defect) {
            throw new AssertionError(defect);
        }
    }

    /** A JWE whose header asks for 2^31 - 1 rounds of PBKDF2. */
    static String encryptedByPassword() {
        String header = Json.text(java.util.Map.of("alg", "PBES2-HS256+A128KW", "enc", "A128GCM", "p2c", Integer.MAX_VALUE, "p2s", "AAAAAAAAAAA"));
        return Base64URL.encode(header) + ".AAAA.AAAA.AAAA.AAAA";
    }

    /** A good token, but for its claims, which were exchanged after it was signed. */
    static String tampered() {
        String[] parts = withClaims(UnaryOperator.identity()).split("\\.");
        return parts[0] + "." + Base64URL.encode(claims(bob -> bob.subject("alice")).toString()) + "." + parts[2];
    }

    /** Signed by the issuer's own key, with these claims in place of the usual ones, as JSON text after a comma. */
    static String withClaimsText(String sub, String others) {
        Instant now = Instant.now();
        return signedText("{\"alg\":\"RS256\",\"kid\":\"" + issuersKey().getKeyID() + "\"}", "{\"iss\":\"parley-development\",\"aud\":\"parley\",\"sub\":"
                + sub + "," + others.replace("{now}", "" + now.getEpochSecond()).replace("{soon}", "" + (now.getEpochSecond() + 600)) + "}");
    }

    /** Signed by the issuer's own key, with this in its header, as JSON text. */
    static String withHeaderText(String more) {
        return signedText("{\"alg\":\"RS256\",\"kid\":\"" + issuersKey().getKeyID() + "\"," + more + "}", claims(UnaryOperator.identity()).toString());
    }

    /** A good token in a second spelling: the bits of its last character that say nothing are set. */
    static String inAnotherSpelling() {
        String token = withClaims(UnaryOperator.identity());
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(token.charAt(token.length() - 1)) | 1);
    }

    private static String signedText(String header, String claims) {
        try {
            String begun = Base64URL.encode(header) + "." + Base64URL.encode(claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(issuersKey().toPrivateKey());
            signature.update(begun.getBytes(StandardCharsets.US_ASCII));
            return begun + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException | JOSEException defect) {
            throw new AssertionError(defect);
        }
    }

    private static String begun(String algorithm) {
        String header = Json.text(java.util.Map.of("alg", algorithm, "typ", "JWT", "kid", issuersKey().getKeyID()));
        return Base64URL.encode(header) + "." + Base64URL.encode(claims(UnaryOperator.identity()).toString());
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(issuersKey().getKeyID());
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        return change.apply(new JWTClaimsSet.Builder().issuer("parley-development").audience("parley").subject("bob")
                .claim("upn", "bob").claim("name", "Bob").jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(600)))).build();
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException defect) {
            throw new AssertionError(defect);
        }
    }

    private static RSAKey issuersKey() {
        try {
            return RSAKey.parse(Server.issuersKey());
        } catch (ParseException notAKey) {
            throw new AssertionError(notAKey);
        }
    }

    private static RSAKey foreignKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("foreign").generate();
        } catch (JOSEException defect) {
            throw new AssertionError(defect);
        }
    }
}
