package parley.bus;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/** Opens messages that instances of this installation sealed. Refuses all others. Not thread-safe. */
final class Unsealer {

    /** The maximum size of a message, in bytes. A larger one is refused unread. */
    static final int MAX_BYTES = 4 << 20;
    /** How many derived keys are cached, by least recent use. */
    private static final int CACHED_KEYS = 256;

    private final Seal seal;
    private final Map<UUID, SecretKey> keys = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, SecretKey> eldest) {
            return size() > CACHED_KEYS;
        }
    };

    Unsealer(byte[] secret) {
        this.seal = new Seal(secret);
    }

    Unsealed open(byte[] message) {
        if (message.length > MAX_BYTES) {
            return new Unsealed.Refused(Refusal.TOO_LARGE);
        }
        if (message.length < Seal.OVERHEAD || message[0] != Seal.VERSION) {
            return new Unsealed.Refused(Refusal.UNKNOWN_FORMAT);
        }
        ByteBuffer header = ByteBuffer.wrap(message, 1, Seal.HEADER - 1);
        UUID incarnation = new UUID(header.getLong(), header.getLong());
        long number = header.getLong();
        try {
            SecretKey cached = keys.get(incarnation);
            SecretKey key = cached == null ? seal.keyOf(incarnation) : cached;
            Cipher cipher = seal.cipher(Cipher.DECRYPT_MODE, key, number);
            cipher.updateAAD(message, 0, Seal.HEADER);
            byte[] content = cipher.doFinal(message, Seal.HEADER, message.length - Seal.HEADER);
            // Cached only after a valid seal, so that forged messages can't evict keys.
            keys.putIfAbsent(incarnation, key);
            return new Unsealed.Message(incarnation, number, ByteBuffer.wrap(content));
        } catch (GeneralSecurityException forged) {
            return new Unsealed.Refused(Refusal.FORGED);
        }
    }
}
