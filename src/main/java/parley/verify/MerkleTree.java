package parley.verify;

import java.util.HexFormat;
import java.util.List;

/** The hash of a list of texts as RFC 6962 (2.1) defines it, so that one of them can be proved without the others. */
public final class MerkleTree {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleTree() {
    }

    /** The hash of these texts in UTF-8, in hexadecimal. */
    public static String hash(List<String> texts) {
        return HexFormat.of().formatHex(texts.isEmpty() ? Hashes.of() : of(texts));
    }

    private static byte[] of(List<String> texts) {
        if (texts.size() == 1) {
            return Hashes.of(LEAF, Hashes.utf8(texts.getFirst()));
        }
        int left = Integer.highestOneBit(texts.size() - 1);
        return Hashes.of(NODE, of(texts.subList(0, left)), of(texts.subList(left, texts.size())));
    }
}
