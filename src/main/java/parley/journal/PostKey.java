package parley.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What identifies a post when it is sent again: the room, the author's id, and the author's idempotency key.
 *
 * @param key has any characters; the ids have no line breaks
 */
record PostKey(String room, String author, String key) {

    /**
     * The first 64 bits of the SHA-256 of all three. Two different posts may have the same hash: compare what is found.
     */
    long hash() {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256")
                    .digest((room + '\n' + author + '\n' + key).getBytes(StandardCharsets.UTF_8))).getLong();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}
