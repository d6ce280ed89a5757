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

/** Mints tokens for bob that are valid except for the changes that the caller asks for. */
final class TokenMinter {

    private static final RSAKey FOREIGN = foreignKey();

    private TokenMinter() {
    }

    /** Signed with the issuer's key. */
    static String withClaims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(header().build(), claims(change), issuerKey());
    }

    /** Signed with a key that the issuer does not publish. */
    static String byForeignKey(UnaryOperator<JWSHeader.Builder> change) {
        return signed(change.apply(header()).build(), claims(UnaryOperator.identity()), FOREIGN);
    }

    /** The public part of the foreign key. */
    static RSAKey foreignPublicKey() {
        return FOREIGN.toPublicJWK();
    }

    /** Unsigned, with this {@code alg}. */
    static String unsigned(String algorithm) {
        return signingInput(algorithm) + ".";
    }

    /** An ES256 header with an all-zero signature. */
    static String zeroSignature() {
        return signingInput("ES256") + "." + Base64URL.encode(new byte[64]);
    }

    /** HS256 with the issuer's public key as the secret. */
    static String hmacWithPublicKey() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(issuerKey().toPublicKey().getEncoded(), "HmacSHA256"));
            String input = signingInput("HS256");
            return input + "." + Base64URL.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException | JOSEException defect) {
            throw new AssertionError(defect);
        }
    }

    /** A JWE whose header demands 2^31 - 1 rounds of PBKDF2. */
    static String encryptedByPassword() {
        String header = Json.text(java.util.Map.of("alg", "PBES2-HS256+A128KW", "enc", "A128GCM", "p2c", Integer.MAX_VALUE, "p2s",
                "AAAAAAAAAAA"));
        return Base64URL.encode(header) + ".AAAA.AAAA.AAAA.AAAA";
    }

    /** A token whose claims were replaced after it was signed. */
    static String tampered() {
        String[] parts = withClaims(UnaryOperator.identity()).split("\\.");
        return parts[0] + "." + Base64URL.encode(claims(bob -> bob.subject("alice")).toString()) + "." + parts[2];
    }

    /**
     * Signed with the issuer's key.
     *
     * @param others further claims as JSON text; {@code {now}} and {@code {soon}} are replaced by times in seconds
     */
    static String withClaimsText(String sub, String others) {
        Instant now = Instant.now();
        return signedText("{\"alg\":\"RS256\",\"kid\":\"" + issuerKey().getKeyID() + "\"}",
                "{\"iss\":\"parley-development\",\"aud\":\"parley\",\"sub\":"
                + sub + "," + others.replace("{now}", "" + now.getEpochSecond()).replace("{soon}", "" + (now.getEpochSecond() + 600))
                + "}");
    }

    /** Signed with the issuer's key, with these additional header fields as JSON text. */
    static String withHeaderText(String fields) {
        return signedText("{\"alg\":\"RS256\",\"kid\":\"" + issuerKey().getKeyID() + "\"," + fields + "}", claims(UnaryOperator.identity())
                .toString());
    }

    /** A valid token in a non-canonical Base64 encoding: the unused bits of its last character are set. */
    static String nonCanonicalBase64() {
        String token = withClaims(UnaryOperator.identity());
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(token.charAt(token.length() - 1)) | 1);
    }

    private static String signedText(String header, String claims) {
        try {
            String input = Base64URL.encode(header) + "." + Base64URL.encode(claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(issuerKey().toPrivateKey());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException | JOSEException defect) {
            throw new AssertionError(defect);
        }
    }

    private static String signingInput(String algorithm) {
        String header = Json.text(java.util.Map.of("alg", algorithm, "typ", "JWT", "kid", issuerKey().getKeyID()));
        return Base64URL.encode(header) + "." + Base64URL.encode(claims(UnaryOperator.identity()).toString());
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(issuerKey().getKeyID());
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

    private static RSAKey issuerKey() {
        try {
            return RSAKey.parse(Server.issuerKey());
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
