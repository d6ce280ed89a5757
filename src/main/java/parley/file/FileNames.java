package parley.file;

import com.ibm.icu.text.Normalizer2;
import java.util.Locale;
import java.util.Set;

/**
 * The name of a file as it is kept: one line without a path, without invisible characters and those that change the direction of text, and
 * with only one extension if the last one is a program's.
 */
final class FileNames {

    /** In code points. */
    static final int LONGEST = 150;

    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
    private static final String NAMELESS = "file";
    /** Extensions that a computer runs. Many hide the last extension: {@code photo.jpg.exe} would look like a picture. */
    private static final Set<String> PROGRAMS = Set.of("exe", "scr", "com", "bat", "cmd", "msi", "msp", "pif", "cpl", "js", "jse", "vbs",
            "vbe", "wsf", "wsh", "hta", "ps1", "psm1", "jar", "lnk", "reg", "sh", "app", "command", "desktop", "apk", "dmg", "pkg", "iso",
            "html", "htm", "xhtml", "shtml", "svg", "url", "scf", "chm", "dll", "inf", "msc");

    private FileNames() {
    }

    /** A chosen name, as it is kept. Never empty. */
    static String clean(String written) {
        String name = NFC.normalize(visible(withoutPath(written))).strip().replaceAll("[.\\s]+$", "").replaceAll("^[.\\s]+", "");
        if (name.isEmpty()) {
            return NAMELESS;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1);
        String stem = dot < 0 ? name : name.substring(0, dot);
        if (PROGRAMS.contains(extension.toLowerCase(Locale.ROOT))) {
            stem = stem.replace('.', '_');
        }
        return extension.isEmpty() ? shortened(stem, LONGEST)
                : shortened(stem, LONGEST - 1 - Math.min(LONGEST / 2, extension.length())) + "." + shortened(extension, LONGEST / 2);
    }

    private static String withoutPath(String written) {
        return written.substring(Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\')) + 1);
    }

    private static String visible(String written) {
        StringBuilder name = new StringBuilder();
        written.codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                name.append(' ');
            } else if ("<>:\"|?*".indexOf(c) >= 0) {
                name.append('_');
            } else if (isSeen(c)) {
                name.appendCodePoint(c);
            }
        });
        return name.toString().replaceAll(" +", " ");
    }

    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE,
                 Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
    }
}
