package parley.imports;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import parley.protocol.Codec;
import parley.protocol.TextRules;

/** Texts of an export as Parley stores them. Pure. */
final class Texts {

    private static final int HASH_CHARACTERS = 32;

    private Texts() {
    }

    /** The text without what can't be stored: U+0000 and halves of characters. */
    static String storable(String text) {
        if (TextRules.isStorable(text)) {
            return text;
        }
        return text.codePoints().filter(c -> c != 0 && Character.getType(c) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** The text in parts that are short enough for a message, split at line breaks or blanks if there are any. No part is blank. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (rest.codePointCount(0, rest.length()) > Codec.LONGEST_TEXT) {
            int most = rest.offsetByCodePoints(0, Codec.LONGEST_TEXT);
            int end = Math.max(rest.lastIndexOf('\n', most - 1), rest.lastIndexOf(' ', most - 1)) + 1;
            // A text without blanks is split anywhere.
            int at = end > most / 2 ? end : most;
            parts.add(rest.substring(0, at));
            rest = rest.substring(at);
        }
        parts.add(rest);
        parts.removeIf(TextRules::isBlank);
        return parts;
    }

    /** The first characters of a line, without controls. */
    static String shortened(String text, int most) {
        String line = storable(text).codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).limit(most)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return line.length() < text.length() ? line + "…" : line;
    }

    /** A name of these parts that is the same every time: 32 letters, digits, - and _. */
    static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // With the lengths, different parts never give the same bytes.
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}
