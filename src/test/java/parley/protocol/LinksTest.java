package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts of a text are links. */
class LinksTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "no link", "ftp://a.example/", "javascript:alert(1)", "http://", "https:// a", "xhttp://a.example/",
        "`https://a.example/`", "``https://a.example/ ` ``", "```\nhttps://a.example/\n```", "~~~ js\nhttps://a.example/", "www.a.example"})
    void hasNone(String text) {
        assertThat(Links.of(text)).isEmpty();
        assertThat(Links.areIn(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"see https://a.example/b.|https://a.example/b", "[plan](https://a.example/b)|https://a.example/b",
        "(https://a.example/b_(c))|https://a.example/b_(c)", "<HTTPS://A.example/?q=1&r=2>|HTTPS://A.example/?q=1&r=2",
        "**https://a.example/x**|https://a.example/x", "ab https://a.example/\u202egnp|https://a.example/",
        "```\\ncode\\n```\\nhttps://a.example/after|https://a.example/after"})
    void hasOne(String text, String link) {
        assertThat(Links.of(text.replace("\\n", "\n"))).containsExactly(link);
        assertThat(Links.areIn(text.replace("\\n", "\n"))).isTrue();
    }

    @Test
    void hasAtMostThreeDifferentOnes() {
        assertThat(Links.of("https://a.example/ https://b.example/ https://a.example/ https://c.example/ https://d.example/"))
                .containsExactly("https://a.example/", "https://b.example/", "https://c.example/");
        String longest = "https://a.example/" + "a".repeat(Links.LONGEST - 18);
        assertThat(Links.of(longest)).containsExactly(longest);
        assertThat(Links.of(longest + "a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"`", "```", "~~~\n", "https://", "http://a.example/(", "(", ")", "`a", "``a```b"})
    void aHostileTextIsReadAtOnce(String part) {
        long start = System.nanoTime();
        Links.of(part.repeat(4_000 / part.length()) + " https://a.example/");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
}
