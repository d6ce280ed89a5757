package parley.bus;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/** Encrypts and authenticates the messages of one incarnation, and numbers them from 1. Not thread-safe. */
final class Sealer {

    private final Seal seal;
    private final UUID incarnation;
    private final SecretKey key;
    private long number;

    Sealer(byte[] secret, UUID incarnation) {
        this.seal = new Seal(secret);
        this.incarnation = incarnation;
        this.key = seal.keyOf(incarnation);
    }

    /** Leaves out a number. The other instances see a gap and read the log. */
    void skip() {
        number++;
    }

    /** Seals the content. Only holders of the installation's key can read, alter or create such a message. */
    byte[] seal(ByteBuffer content) {
        // Increments first: a number must not be used again, even if sealing fails.
        number++;
        ByteBuffer message = ByteBuffer.allocate(content.remaining() + Seal.OVERHEAD);
        message.put(Seal.VERSION).putLong(incarnation.getMostSignificantBits()).putLong(incarnation.getLeastSignificantBits())
                .putLong(number);
        try {
            Cipher cipher = seal.cipher(Cipher.ENCRYPT_MODE, key, number);
            cipher.updateAAD(message.array(), 0, Seal.HEADER);
            cipher.doFinal(content, message);
            return message.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
