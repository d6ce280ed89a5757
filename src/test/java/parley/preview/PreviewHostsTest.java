package parley.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.settings.PreviewSettings;

/** Which URLs of messages are never fetched, before any name is looked up. */
class PreviewHostsTest {

    private final PreviewHosts all = new PreviewHosts(
            new PreviewSettings(List.of(), List.of("wiki.intern", "build.intern:8080", "10.0.0.7")));
    private final PreviewHosts few = new PreviewHosts(new PreviewSettings(List.of("example.com", "*.example.org"), List.of("wiki.intern")));

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "javascript:alert(1)",
        "//example.com/",
        "http:example.com", "http:///a", "http://user@example.com/", "http://user:secret@example.com/", "http://example.com:8080/",
        "https://example.com:22/", "http://example.com:0/", "http://example.com:99999/", "http://127.0.0.1/", "http://[::1]/",
        "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/latest/meta-data/", "http://[64:ff9b::a00:1]/", "http://[2002:a00:1::]/",
        "http://[fe80::1]/", "http://[fd00::1]/", "http://100.64.0.1/", "http://224.0.0.1/", "http://10.0.0.8/", "http://a b/",
        "http://exa\r\nmple.com/", "http://[::1", "https://build.intern:8081/", "https://wiki.intern:8443/", "http://x.wiki.intern:81/",
        "http://%31%32%37.0.0.1/", "http://127.1/", "http://example.com\\@127.0.0.1/"})
    void isNotFetched(String url) {
        assertThat(all.of(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"http://example.com http://example.com",
        "HTTPS://Example.com:443/a?b=c#d https://Example.com:443/a?b=c",
        "https://example.com:80/ https://example.com:80/",
        "https://b\u00fccher.example/\u00e4?q=\u65e5 https://xn--bcher-kva.example/%C3%A4?q=%E6%97%A5",
        "https://example.com/a{b}|c^d https://example.com/a%7Bb%7D%7Cc%5Ed",
        "https://example.com/100%?a=%zz https://example.com/100%25?a=%25zz",
        "http://wiki.intern/ http://wiki.intern/", "http://build.intern:8080/ http://build.intern:8080/",
        "http://10.0.0.7/ http://10.0.0.7/"})
    void isFetched(String url, String fetched) {
        assertThat(all.of(url).map(Object::toString)).contains(fetched);
    }

    @Test
    void onlyListedHostsAreFetchedIfThereAreAny() {
        assertThat(List.of("https://example.com/", "https://a.example.org/", "https://b.a.example.org/", "http://wiki.intern/"))
                .allSatisfy(url -> assertThat(few.of(url)).isPresent());
        assertThat(List.of("https://www.example.com/", "https://example.org/", "https://badexample.org/",
                "https://example.com.evil.example/", "https://other.example/")).allSatisfy(url -> assertThat(few.of(url)).isEmpty());
    }
}
