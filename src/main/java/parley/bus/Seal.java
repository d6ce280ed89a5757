package parley.bus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a message on the topic is sealed: a head in the clear, then the content under AES-256-GCM (NIST SP 800-38D), which
 * also vouches for the head. Each life has a key of its own, derived from the installation's, and counts its messages. So
 * the count alone is the nonce, and no key ever sees one twice. One thread at a time.
 */
final class Seal {

    /** The version, the sender's life, and the number of the message in that life. */
    static final int HEAD = 1 + 2 * Long.BYTES + Long.BYTES;
    /** What a sealed message has in addition to its content. */
    static final int OVERHEAD = HEAD + 16;
    static final byte VERSION = 1;

    private static final byte[] PURPOSE = "parley bus 1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Mac derivation;
    private final Cipher cipher;

    /** With the installation's key. */
    Seal(byte[] secret) {
        try {
            derivation = Mac.getInstance("HmacSHA256");
            derivation.init(new SecretKeySpec(secret, "HmacSHA256"));
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (NoSuchAlgorithmException | InvalidKeyException | NoSuchPaddingException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256 and AES/GCM/NoPadding", e);
        }
    }

    /** The key of one life. */
    SecretKey keyOf(UUID life) {
        derivation.update(PURPOSE);
        ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES);
        derivation.update(id.putLong(life.getMostSignificantBits()).putLong(life.getLeastSignificantBits()).flip());
        return new SecretKeySpec(derivation.doFinal(), "AES");
    }

    /** Made ready for the message of that number. */
    Cipher cipher(int mode, SecretKey key, long number) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(number).array();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
