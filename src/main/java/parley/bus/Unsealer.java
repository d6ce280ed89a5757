package parley.bus;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/** Opens what instances of this installation sealed, and refuses everything else. One thread at a time. */
final class Unsealer {

    /** The largest message that is looked at; a larger one is refused. */
    static final int LARGEST = 4 << 20;
    /** Of how many lives the key is kept; one more costs deriving it again. */
    private static final int KEYS = 256;

    private final Seal seal;
    private final Map<UUID, SecretKey> keys = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, SecretKey> eldest) {
            return size() > KEYS;
        }
    };

    Unsealer(byte[] secret) {
        this.seal = new Seal(secret);
    }

    Unsealed open(byte[] message) {
        if (message.length > LARGEST) {
            return new Unsealed.Refused(Refusal.TOO_LARGE);
        }
        if (message.length < Seal.OVERHEAD || message[0] != Seal.VERSION) {
            return new Unsealed.Refused(Refusal.FOREIGN);
        }
        ByteBuffer head = ByteBuffer.wrap(message, 1, Seal.HEAD - 1);
        UUID life = new UUID(head.getLong(), head.getLong());
        long number = head.getLong();
        try {
            SecretKey known = keys.get(life);
            SecretKey key = known == null ? seal.keyOf(life) : known;
            Cipher cipher = seal.cipher(Cipher.DECRYPT_MODE, key, number);
            cipher.updateAAD(message, 0, Seal.HEAD);
            byte[] content = cipher.doFinal(message, Seal.HEAD, message.length - Seal.HEAD);
            // Kept of those alone that hold the installation's key.
            keys.putIfAbsent(life, key);
            return new Unsealed.Message(life, number, ByteBuffer.wrap(content));
        } catch (GeneralSecurityException forged) {
            return new Unsealed.Refused(Refusal.FORGED);
        }
    }
}
