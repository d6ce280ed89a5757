package parley.protocol;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What may be written, and what counts as the same name: each rule is here and nowhere else. Lengths are in code points. Pure, safe
 * for every thread.
 */
public final class TextRules {

    /** The longest user id, in UTF-16 units. */
    public static final int LONGEST_USER = 255;
    /** The longest name of a person or a room. */
    public static final int LONGEST_NAME = 100;

    // The longest sequences are families and flags of regions.
    private static final int LONGEST_EMOJI = 40;
    private static final Pattern EMOJI_NAME = Pattern.compile("[a-z0-9_+-]{2,32}");

    private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
    private static final Normalizer2 CASELESS = Normalizer2.getNFKCCasefoldInstance();
    // Unicode Technical Standard 39, section 4.
    private static final SpoofChecker CONFUSABLES = new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
    // They choose between the coloured and the plain form of a sign before them, and are part of many emoji.
    private static final int PLAIN = 0xfe0e;
    private static final int COLOURED = 0xfe0f;

    // A braille cell without a dot.
    private static final int EMPTY_BRAILLE = 0x2800;
    private static final int NON_JOINER = 0x200c;
    private static final int JOINER = 0x200d;
    // Their letters are written with joiners (Unicode Standard Annex 31, section 2.3.1).
    private static final Set<Integer> JOINING_SCRIPTS = Set.of(UScript.ARABIC, UScript.SYRIAC, UScript.NKO, UScript.MONGOLIAN,
            UScript.DEVANAGARI, UScript.BENGALI, UScript.GURMUKHI, UScript.GUJARATI, UScript.ORIYA, UScript.TAMIL, UScript.TELUGU,
            UScript.KANNADA, UScript.MALAYALAM, UScript.SINHALA, UScript.KHMER);

    private TextRules() {
    }

    /** Whether every database and encoding can store the text: no U+0000 (PostgreSQL) and no lone surrogate (UTF-8). */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            // A pair is one character.
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether these bytes are UTF-8. */
    public static boolean isUtf8(byte[] bytes, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /** Whether the text has no visible character. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(c -> isInvisible(c) || c == PLAIN || c == COLOURED || c == EMPTY_BRAILLE
                || Character.isISOControl(c) || UCharacter.isUWhiteSpace(c));
    }

    static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text has more characters (Unicode code points) than this. */
    public static boolean isLongerThan(int longest, String text) {
        return text.codePointCount(0, text.length()) > longest;
    }

    /** Whether a token's {@code sub} or a development sign-in name is a valid user id. */
    public static boolean isUserId(String id) {
        return !isBlank(id) && id.length() <= LONGEST_USER && isStorable(id) && !hasControls(id)
                && !hasInvisible(id);
    }

    /** The stored form of a name: compatibility forms such as full-width letters are normalised, surrounding blanks removed. */
    public static String name(String written) {
        return NFKC.normalize(written).strip();
    }

    /**
     * What is wrong with a chosen name, as the end of a sentence that begins with the field; empty if it is valid.
     *
     * @param name as {@link #name(String)} makes it
     */
    public static Optional<String> wrongInName(String name) {
        if (isBlank(name)) {
            return Optional.of("must not be empty");
        } else if (isLongerThan(LONGEST_NAME, name)) {
            return Optional.of("has more than " + LONGEST_NAME + " characters");
        } else if (!isStorable(name) || hasControls(name) || name.codePoints().anyMatch(TextRules::endsALine)) {
            return Optional.of("has a character that is not text");
        } else if (hasInvisible(name)) {
            return Optional.of("has a character that is not seen, or that turns the direction of others");
        }
        return isMark(name.codePointAt(0)) ? Optional.of("begins with a mark that belongs on a letter") : Optional.empty();
    }

    /** A name that its bearer can't change, without what {@link #wrongInName} would refuse; empty where nothing is left. */
    public static String shown(String written) {
        if (wrongInName(name(written)).isEmpty()) {
            return name(written);
        }
        String name = name(NFKC.normalize(written).codePoints()
                .filter(c -> !isInvisible(c) && !Character.isISOControl(c) && !endsALine(c) && Character.getType(c) != Character.SURROGATE)
                .dropWhile(c -> isMark(c) || UCharacter.isUWhiteSpace(c)).limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString());
        return wrongInName(name).isEmpty() ? name : "";
    }

    /**
     * The skeletons of a name. Two names that share one look alike. The first skeleton ignores case before confusable letters, the
     * second after, because a capital I looks like a small l.
     */
    public static Set<String> looks(String name) {
        return Stream.of(CASELESS.normalize(CONFUSABLES.getSkeleton(CASELESS.normalize(name))),
                CASELESS.normalize(CONFUSABLES.getSkeleton(NFKC.normalize(name)))).map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** This text if it is one emoji that Unicode recommends for interchange (UTS 51, RGI), with the variation selector it needs. */
    public static Optional<String> emoji(String text) {
        return Stream.of(text, text + Character.toString(COLOURED)).filter(form -> form.length() <= LONGEST_EMOJI)
                .filter(form -> UCharacter.hasBinaryProperty(form, UProperty.RGI_EMOJI)).findFirst();
    }

    /** The name of this text if it is a custom emoji, {@code :name:}. */
    public static Optional<String> customEmoji(String text) {
        return Optional.of(text).filter(whole -> whole.length() > 2 && whole.startsWith(":") && whole.endsWith(":"))
                .map(whole -> whole.substring(1, whole.length() - 1)).filter(TextRules::isEmojiName);
    }

    /** Whether a custom emoji may have this name. */
    public static boolean isEmojiName(String name) {
        return EMOJI_NAME.matcher(name).matches();
    }

    private static boolean hasInvisible(String text) {
        int[] all = text.codePoints().toArray();
        return IntStream.range(0, all.length).anyMatch(i -> isInvisible(all[i]) && !joins(all, i));
    }

    // Some scripts need joiners between letters, and a joiner combines emoji into one.
    private static boolean joins(int[] text, int at) {
        if (text[at] != JOINER && text[at] != NON_JOINER || at == 0 || at == text.length - 1) {
            return false;
        }
        int before = text[at - 1] == COLOURED && at > 1 ? text[at - 2] : text[at - 1];
        int after = text[at + 1];
        boolean emoji = text[at] == JOINER && isEmoji(before) && isEmoji(after);
        return emoji || JOINING_SCRIPTS.contains(UScript.getScript(after)) && isOfScript(before, UScript.getScript(after));
    }

    private static boolean isEmoji(int c) {
        return UCharacter.hasBinaryProperty(c, UProperty.EXTENDED_PICTOGRAPHIC)
                || UCharacter.hasBinaryProperty(c, UProperty.EMOJI_MODIFIER);
    }

    // Marks are often of every script.
    private static boolean isOfScript(int c, int script) {
        return UScript.getScript(c) == script || isMark(c) && UScript.getScript(c) == UScript.INHERITED;
    }

    // Takes no room: bidi controls, zero-width ones, fillers, tags.
    private static boolean isInvisible(int c) {
        return c != PLAIN && c != COLOURED
                && (Character.getType(c) == Character.FORMAT || UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT));
    }

    private static boolean endsALine(int c) {
        return Character.getType(c) == Character.LINE_SEPARATOR || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }
}
