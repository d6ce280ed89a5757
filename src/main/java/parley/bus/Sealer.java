package parley.bus;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/** Seals what one life of this instance says, and numbers it from 1. One thread at a time. */
final class Sealer {

    private final Seal seal;
    private final UUID life;
    private final SecretKey key;
    private long number;

    Sealer(byte[] secret, UUID life) {
        this.seal = new Seal(secret);
        this.life = life;
        this.key = seal.keyOf(life);
    }

    /** The message that holds this content, which nobody without the installation's key can read, change or make. */
    byte[] seal(ByteBuffer content) {
        // A number is used once, also where what follows fails.
        number++;
        ByteBuffer message = ByteBuffer.allocate(content.remaining() + Seal.OVERHEAD);
        message.put(Seal.VERSION).putLong(life.getMostSignificantBits()).putLong(life.getLeastSignificantBits()).putLong(number);
        try {
            Cipher cipher = seal.cipher(Cipher.ENCRYPT_MODE, key, number);
            cipher.updateAAD(message.array(), 0, Seal.HEAD);
            cipher.doFinal(content, message);
            return message.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
