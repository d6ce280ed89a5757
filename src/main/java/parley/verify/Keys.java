package parley.verify;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The public keys whose roots count: those that the caller trusts, and those that such a key has endorsed. For one thread. */
final class Keys {

    private final Map<String, PublicKey> known = new HashMap<>();

    /** Trusts a key, in Base64 as X.509 encodes it. */
    void trust(String publicKey) throws GeneralSecurityException {
        byte[] encoded = decode(publicKey);
        known.put(Root.keyId(encoded), Root.publicKey(encoded));
    }

    /** Takes the next key of the database. Returns whether it is known, or endorsed by the one before. */
    boolean follow(String publicKey, String endorsement, String before) throws GeneralSecurityException {
        byte[] encoded = decode(publicKey);
        PublicKey endorsing = before == null ? null : known.get(Root.keyId(decode(before)));
        boolean endorsed = endorsing != null && endorsement != null
                && Root.isSignature(endorsing, Root.endorsed(encoded), endorsement);
        if (endorsed) {
            trust(publicKey);
        }
        return endorsed || known.containsKey(Root.keyId(encoded));
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    boolean hasSigned(Root.Signed signed) {
        PublicKey key = known.get(signed.root().key());
        return key != null && signed.isBy(key);
    }

    private static byte[] decode(String publicKey) throws GeneralSecurityException {
        try {
            return Base64.getDecoder().decode(publicKey);
        } catch (IllegalArgumentException malformed) {
            throw new GeneralSecurityException("A public key is no Base64", malformed);
        }
    }
}
