package parley.verify;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state of all chains at a time, which is published: one line of text, and its signature.
 *
 * @param number from 1 on, without a gap
 * @param at the time as text
 * @param previous the hash of the line before; zeros before the first
 * @param rooms how many chains grew since the root before
 * @param heads the {@link MerkleTree} of their last links
 * @param key the id of the key that signed it
 */
public record Root(long number, String at, String previous, long rooms, String heads, String key) {

    /** What stands before the first root. */
    public static final String START = "0".repeat(2 * Hashes.BYTES);

    private static final String FORMAT = "parley-evidence-root-1";
    private static final Pattern SIGNED = Pattern.compile("(" + FORMAT + " ([0-9]{1,15}) ([0-9TZ:.-]{20,30}) ([0-9a-f]{64}) ([0-9]{1,9}) "
            + "([0-9a-f]{64}) ([0-9a-f]{16})) ([A-Za-z0-9_-]{86})(?![A-Za-z0-9_-])");
    private static final String ALGORITHM = "Ed25519";
    private static final int KEY_ID = 16;

    /** A root and its signature, in Base64 for URLs. */
    public record Signed(Root root, String signature) {

        /** Line and signature, as they are published. */
        public String text() {
            return root.line() + " " + signature;
        }

        boolean isBy(PublicKey key) {
            return isSignature(key, root.line(), signature);
        }
    }

    /** The last link of a room's chain. */
    public record Head(String room, long number, String chain) {

        private String line() {
            return room + " " + number + " " + chain;
        }
    }

    /** The hash of these heads in the order of their rooms. */
    public static String hash(List<Head> heads) {
        // The ids of rooms are ASCII, so this is the order of their bytes.
        return MerkleTree.hash(heads.stream().sorted(Comparator.comparing(Head::room)).map(Head::line).toList());
    }

    /** The line that is signed. */
    public String line() {
        return FORMAT + " " + number + " " + at + " " + previous + " " + rooms + " " + heads + " " + key;
    }

    /** The hash that the next root names. */
    public String hash() {
        return Hashes.hex(Hashes.utf8(line()));
    }

    /** The root in a line of a server log, or of any other text. */
    public static Optional<Signed> find(String text) {
        Matcher found = SIGNED.matcher(text);
        return found.find() ? Optional.of(new Signed(new Root(Long.parseLong(found.group(2)), found.group(3), found.group(4),
                Long.parseLong(found.group(5)), found.group(6), found.group(7)), found.group(8))) : Optional.empty();
    }

    /** The id of a public key. */
    public static String keyId(byte[] publicKey) {
        return Hashes.hex(publicKey).substring(0, KEY_ID);
    }

    /** The line with which a key endorses the next one. */
    public static String endorsed(byte[] publicKey) {
        return "parley-evidence-key-1 " + Base64.getEncoder().encodeToString(publicKey);
    }

    /** Signs a line with Ed25519. */
    public static String sign(PrivateKey key, String line) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(Hashes.utf8(line));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The key can't sign", unusable);
        }
    }

    static boolean isSignature(PublicKey key, String line, String text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(Hashes.utf8(line));
            return signature.verify(Base64.getUrlDecoder().decode(text));
        } catch (GeneralSecurityException | IllegalArgumentException forged) {
            return false;
        }
    }

    static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }
}
