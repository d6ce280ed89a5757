package parley.preview;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The title, the description and the picture that a page names. Each text is one line without markup, invisible characters, and characters
 * that change the direction of text.
 *
 * @param title empty if it has none
 * @param text empty if it has none
 * @param picture the URL of a picture; empty if it names none
 */
record PageText(String title, String text, String picture) {

    /** In code points. */
    static final int LONGEST_TITLE = 150;
    /** In code points. */
    static final int LONGEST_TEXT = 300;

    private static final int LONGEST_URL = 2_000;
    private static final int NON_JOINER = 0x200c;
    private static final int JOINER = 0x200d;

    /** Reads HTML, in the charset of its byte order mark, of the response, or of the page. */
    static PageText of(PageFetcher.Fetched page) throws IOException {
        String charset = PageFetcher.charset(page.type()).filter(PageText::isKnown).orElse(null);
        Document html = Jsoup.parse(new ByteArrayInputStream(page.bytes()), charset, page.at().toString());
        List<Element> metas = html.select("meta[content]");
        return new PageText(
                first(LONGEST_TITLE, Stream.concat(contents(metas, "og:title", "twitter:title"), Stream.of(html.title()))),
                first(LONGEST_TEXT, contents(metas, "og:description", "twitter:description", "description")),
                named(metas, "og:image:secure_url", "og:image", "og:image:url", "twitter:image").map(meta -> meta.absUrl("content"))
                        .filter(url -> !url.isEmpty() && url.length() <= LONGEST_URL).findFirst().orElse(""));
    }

    /** Whether there is something to show. */
    boolean isEmpty() {
        return title.isEmpty() && text.isEmpty();
    }

    private static boolean isKnown(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalCharsetNameException malformed) {
            return false;
        }
    }

    private static Stream<String> contents(List<Element> metas, String... names) {
        return named(metas, names).map(meta -> meta.attr("content"));
    }

    private static Stream<Element> named(List<Element> metas, String... names) {
        return Stream.of(names).flatMap(name -> metas.stream().filter(meta -> meta.attr("property").equalsIgnoreCase(name)
                || meta.attr("name").equalsIgnoreCase(name)));
    }

    private static String first(int longest, Stream<String> texts) {
        return texts.map(text -> cleaned(longest, text)).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    private static String cleaned(int longest, String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(10L * longest).forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
                clean.append(' ');
            } else if (isSeen(c)) {
                clean.appendCodePoint(c);
            }
        });
        String line = clean.toString().replaceAll(" +", " ").strip();
        return line.codePointCount(0, line.length()) <= longest ? line
                : line.substring(0, line.offsetByCodePoints(0, longest - 1)).strip() + "…";
    }

    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT -> c == JOINER || c == NON_JOINER;
            case Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
