package parley.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.settings.PreviewSettings;

/** Reading title, description and picture from HTML. */
class PageTextTest {

    private static PageText read(String html, String type, Charset charset) throws IOException {
        return PageText.of(new PageFetcher.Fetched(URI.create("https://example.com/a/b?c"), type, html.getBytes(charset), true));
    }

    private static PageText read(String html) throws IOException {
        return read(html, "text/html", StandardCharsets.UTF_8);
    }

    @Test
    void openGraphComesFirst() throws IOException {
        assertThat(read("""
                <html><head><title>Title of the browser</title><meta name="description" content="For engines">
                <meta property="og:title" content="The plan"><meta name="twitter:title" content="Another">
                <meta property="og:description" content="What we do next."><meta property="og:image" content="../p.png"></head>"""))
                .isEqualTo(new PageText("The plan", "What we do next.", "https://example.com/p.png"));
        assertThat(read("<title>Only\n\n a  title</title><meta property='og:title' content=' '>"))
                .isEqualTo(new PageText("Only a title", "", ""));
        assertThat(read("<p>no head</p>").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=iso-8859-1", "text/html;charset=\"ISO-8859-1\"; x=y"})
    void theResponseNamesTheCharset(String type) throws IOException {
        assertThat(read("<title>Größe</title>", type, StandardCharsets.ISO_8859_1).title()).isEqualTo("Größe");
    }

    @Test
    void thePageNamesTheCharset() throws IOException {
        assertThat(read("<meta charset=windows-1252><title>Größe</title>", "text/html", StandardCharsets.ISO_8859_1).title())
                .isEqualTo("Größe");
        assertThat(read("\ufeff<title>Größe</title>", "text/html", StandardCharsets.UTF_16BE).title()).isEqualTo("Größe");
        assertThat(read("<title>Größe</title>", "text/html; charset=no-such-charset", StandardCharsets.UTF_8).title()).isEqualTo("Größe");
    }

    @Test
    void markupAndUnseenCharactersAreGone() throws IOException {
        assertThat(read("<title>&lt;b&gt;a\u202egnp.exe\u200b\u2066 \u00adb</title>").title()).isEqualTo("<b>agnp.exe b");
    }

    @Test
    void longTextsAreCut() throws IOException {
        String title = read("<title>" + "🎉".repeat(200) + "</title>").title();
        assertThat(title.codePointCount(0, title.length())).isEqualTo(PageText.LONGEST_TITLE);
        assertThat(title).endsWith("🎉…");
        assertThat(read("<title>" + "a".repeat(PageText.LONGEST_TITLE) + "</title>").title()).doesNotContain("…");
        assertThat(read("<title>t</title><meta name=description content='" + "b".repeat(400_000) + "'>").text())
                .hasSize(PageText.LONGEST_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:image/png;base64,AAAA", "ftp://example.com/a.png"})
    void onlyAUrlThatIsFetchedIsAPicture(String url) throws IOException {
        String picture = read("<title>t</title><meta property=og:image content='" + url + "'>").picture();
        assertThat(picture.isEmpty() || new PreviewHosts(new PreviewSettings(List.of(), List.of()))
                .of(picture).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<div>", "<b>", "<a href=x>", "<table><tr><td>", "<meta content=x name=y>", "<!--", "&amp;", "<svg><math>"})
    void halfAMebibyteOfAnythingIsReadInTime(String part) throws IOException {
        String html = "<title>t</title>" + part.repeat(PageFetcher.LARGEST / part.length());
        long start = System.nanoTime();
        assertThat(read(html).title()).isEqualTo("t");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
