package parley.protocol;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words of a text, folded so that words that look alike are equal: in one case and normal form, with a common letter for letters of
 * other alphabets that look like it, without invisible characters and without marks that only decorate. Takes time in proportion to the
 * length of the text. Pure, safe for every thread.
 */
public final class FoldedWords {

    private static final Normalizer2 CASELESS = Normalizer2.getNFKCCasefoldInstance();
    private static final SpoofChecker CONFUSABLES = new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
    // Their words have no spaces between them, so each character counts as a word.
    private static final Set<Integer> WITHOUT_SPACES = Set.of(UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA, UScript.BOPOMOFO,
            UScript.THAI, UScript.LAO, UScript.KHMER, UScript.MYANMAR);
    /** What the skeletons of Latin letters mean. The standard has rn for m, which would make other words equal. */
    private static final Map<String, String> LATIN = latin();
    /** By character of the basic plane, filled on demand. The same string may be made twice. */
    private static final String[] KNOWN = new String[Character.MIN_SUPPLEMENTARY_CODE_POINT];

    private FoldedWords() {
    }

    /**
     * The ways to read a text, each as its words: one, and more if capitals or signs in it can stand for other letters.
     */
    public static Collection<List<String>> of(String text) {
        List<String> usual = words(text, false);
        boolean capitals = hasCapitalWithin(text);
        boolean signs = hasSigns(text);
        if (!capitals && !signs) {
            return List.of(usual);
        }
        Set<List<String>> readings = new LinkedHashSet<>(List.of(usual));
        if (capitals) {
            readings.add(words(withoutCapitalsWithin(text), false));
        }
        if (signs) {
            readings.add(words(text, true));
        }
        return readings;
    }

    /** The words of a text in the usual reading. */
    public static List<String> usual(String text) {
        return words(text, false);
    }

    /** Whether each character of a text is part of a word, or may stand between words: a space, hyphen or apostrophe. */
    public static boolean isPlain(String text) {
        return text.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || isMark(c) || c == ' ' || c == '-' || c == '\''
                || c == '\u2019' || Character.getType(c) == Character.OTHER_SYMBOL || Character.getType(c) == Character.FORMAT);
    }

    private static List<String> words(String text, boolean signsAreLetters) {
        Words words = new Words(signsAreLetters);
        CASELESS.normalize(text).codePoints().forEach(words::add);
        words.end();
        return words.found;
    }

    // A capital I after a small letter is read as a small l.
    private static boolean hasCapitalWithin(String text) {
        for (int i = text.indexOf('I', 1); i > 0; i = text.indexOf('I', i + 1)) {
            if (Character.isLowerCase(text.charAt(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutCapitalsWithin(String text) {
        StringBuilder read = new StringBuilder(text);
        for (int i = 1; i < read.length(); i++) {
            if (read.charAt(i) == 'I' && Character.isLowerCase(read.charAt(i - 1))) {
                read.setCharAt(i, 'l');
            }
        }
        return read.toString();
    }

    private static boolean hasSigns(String text) {
        return text.codePoints().anyMatch(c -> c >= 0x80 && isSign(c) && isLetters(folded(c)));
    }

    private static boolean isSign(int c) {
        return !Character.isLetterOrDigit(c) && !isMark(c) && !Character.isWhitespace(c) && Character.getType(c) != Character.FORMAT;
    }

    private static boolean isLetters(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static String folded(int c) {
        if (c >= KNOWN.length) {
            return fold(c);
        }
        String known = KNOWN[c];
        if (known == null) {
            known = fold(c);
            KNOWN[c] = known;
        }
        return known;
    }

    private static String fold(int c) {
        String skeleton = skeleton(c);
        return LATIN.getOrDefault(skeleton, skeleton);
    }

    private static String skeleton(int c) {
        return CASELESS.normalize(CONFUSABLES.getSkeleton(Character.toString(c)));
    }

    private static Map<String, String> latin() {
        Map<String, String> letters = new HashMap<>();
        for (int c = 'a'; c <= 'z'; c++) {
            letters.put(skeleton(c), Character.toString(c));
        }
        return letters;
    }

    /** Collects words. */
    private static final class Words {
        private final List<String> found = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private final boolean signsAreLetters;
        private boolean hasLetters;
        private boolean single;

        Words(boolean signsAreLetters) {
            this.signsAreLetters = signsAreLetters;
        }

        void add(int c) {
            if (c < 0x80) {
                addAscii(c);
            } else if (Character.isLetterOrDigit(c)) {
                addLetter(c);
            } else if (isMark(c)) {
                addMark(c);
            } else if (Character.getType(c) != Character.FORMAT) {
                addSign(c);
            }
        }

        private void addAscii(int c) {
            boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (c < '0' || c > '9')) {
                end();
                return;
            }
            endSingle();
            hasLetters |= letter;
            word.append((char) c);
        }

        private void addLetter(int c) {
            if (WITHOUT_SPACES.contains(UScript.getScript(c))) {
                end();
                single = true;
            } else {
                endSingle();
            }
            hasLetters |= !Character.isDigit(c);
            word.append(folded(c));
        }

        // Marks that compose with their letter did so. Others of every script decorate.
        private void addMark(int c) {
            if (!word.isEmpty() && UScript.getScript(c) != UScript.INHERITED) {
                word.appendCodePoint(c);
            }
        }

        private void addSign(int c) {
            String letters = signsAreLetters ? folded(c) : "";
            if (isLetters(letters)) {
                endSingle();
                hasLetters = true;
                word.append(letters);
                return;
            }
            end();
            if (Character.getType(c) == Character.OTHER_SYMBOL && !UCharacter.isUWhiteSpace(c)) {
                found.add(Character.toString(c));
            }
        }

        private void endSingle() {
            if (single) {
                end();
            }
        }

        // A number is no word in disguise, but digits in a word are.
        void end() {
            if (!word.isEmpty()) {
                String read = word.toString();
                found.add(hasLetters ? read.replace('0', 'o').replace('1', 'l') : read);
            }
            word.setLength(0);
            hasLetters = false;
            single = false;
        }
    }
}
