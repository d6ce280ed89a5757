package parley.evidence;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import parley.verify.Root;

/**
 * A key that signs roots.
 *
 * @param number from 1 on; the last one is in use
 * @param id as roots name it
 * @param publicKey in Base64, as X.509 encodes it
 * @param privateKey in Base64, as PKCS #8 encodes it; empty once the key is out of use
 * @param endorsement the signature of the key before it, which says that it is the next one
 */
public record SigningKey(int number, String id, String publicKey, Optional<String> privateKey, Instant made,
                         Optional<String> endorsement) {

    private static final String ALGORITHM = "Ed25519";

    /** A new key, which this one endorses. */
    static SigningKey make(Optional<SigningKey> before, Instant now) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            byte[] shown = pair.getPublic().getEncoded();
            return new SigningKey(before.map(SigningKey::number).orElse(0) + 1, Root.keyId(shown),
                    Base64.getEncoder().encodeToString(shown),
                    Optional.of(Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())), now,
                    before.map(key -> key.sign(Root.endorsed(shown))));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("This Java runtime has no Ed25519", missing);
        }
    }

    /** Without the private key, which must not get into a log. */
    @Override
    public String toString() {
        return "key " + id;
    }

    String sign(String line) {
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(
                    Base64.getDecoder().decode(privateKey.orElseThrow())));
            return Root.sign(key, line);
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new IllegalStateException("The last row of table evidence_key has no Ed25519 key", unreadable);
        }
    }
}
