package parley.evidence;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.verify.Leaf;
import parley.verify.Opening;
import parley.verify.StoredEvent;

/** The leaves and openings of events, one after the other. */
record Leaves(byte[] hashes, byte[] openings) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Those of these offsets, in order; rows that are missing have neither. */
    static Leaves of(Collection<Long> offsets, List<StoredEvent> rows) {
        Map<Long, StoredEvent> byOffset = rows.stream().collect(Collectors.toMap(StoredEvent::offset, Function.identity()));
        byte[] salts = new byte[offsets.size() * Opening.SALT];
        RANDOM.nextBytes(salts);
        ByteArrayOutputStream hashes = new ByteArrayOutputStream(offsets.size() * Leaf.BYTES);
        ByteArrayOutputStream openings = new ByteArrayOutputStream(offsets.size() * Opening.BYTES);
        int next = 0;
        for (Long offset : offsets) {
            StoredEvent row = byOffset.get(offset);
            byte[] salt = new byte[Opening.SALT];
            System.arraycopy(salts, next, salt, 0, Opening.SALT);
            next += Opening.SALT;
            byte[] opening = row == null ? Opening.wiped() : Opening.of(salt, row.frame());
            openings.writeBytes(opening);
            hashes.writeBytes(row == null ? Leaf.ofNoRow() : Leaf.of(row, opening));
        }
        return new Leaves(hashes.toByteArray(), openings.toByteArray());
    }
}
