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
 * The cryptography of a message on the topic: a header in the clear, then the content under AES-256-GCM (NIST SP 800-38D) with the header
 * as additional authenticated data. Each incarnation has its own key, derived from the installation's key, and numbers its messages. The
 * number is the nonce, so a nonce never repeats under one key. Not thread-safe.
 */
final class Seal {

    /** Bytes of the header: version, the sender's incarnation, message number. */
    static final int HEADER = 1 + 2 * Long.BYTES + Long.BYTES;
    /** Bytes that sealing adds: header and authentication tag. */
    static final int OVERHEAD = HEADER + 16;
    static final byte VERSION = 1;

    private static final byte[] PURPOSE = "parley bus 1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Mac derivation;
    private final Cipher cipher;

    /** @param secret the installation's key */
    Seal(byte[] secret) {
        try {
            derivation = Mac.getInstance("HmacSHA256");
            derivation.init(new SecretKeySpec(secret, "HmacSHA256"));
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (NoSuchAlgorithmException | InvalidKeyException | NoSuchPaddingException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256 and AES/GCM/NoPadding", e);
        }
    }

    /** Derives the key of an incarnation. */
    SecretKey keyOf(UUID incarnation) {
        derivation.update(PURPOSE);
        ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES);
        derivation.update(id.putLong(incarnation.getMostSignificantBits()).putLong(incarnation.getLeastSignificantBits()).flip());
        return new SecretKeySpec(derivation.doFinal(), "AES");
    }

    /** The cipher, initialized for the message with this number. */
    Cipher cipher(int mode, SecretKey key, long number) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(number).array();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
