package parley.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.protocol.Codec;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;

/** The text that is posted for what other programs send. */
class IncomingTextTest {

    private static final String JSON = "application/json";

    private static String text(String json) {
        IncomingText read = IncomingText.of(JSON, json);
        assertThat(read.problem()).isEmpty();
        return read.text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{}", "{\"text\":\"\"}", "{\"text\":\" \"}", "{\"text\":1}", "{\"text\":{\"$ne\":null}}",
        "{\"text\":\"a\",\"text\":\"b\"}", "{\"attachments\":{}}", "{\"attachments\":[1,null,\"x\"]}", "{\"text\":\"\\u0000\"}"})
    void whatHasNoTextIsRefused(String body) {
        assertThat(IncomingText.of(JSON, body).problem()).map(Problem::code).contains(ErrorCode.BAD_REQUEST);
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        String longest = "x".repeat(Codec.LONGEST_TEXT);
        assertThat(text("{\"text\":\"" + longest + "\"}")).isEqualTo(longest);
        assertThat(IncomingText.of(JSON, "{\"text\":\"" + longest + "\",\"attachments\":[{\"text\":\"y\"}]}").problem())
                .map(Problem::code).contains(ErrorCode.TOO_LARGE);
        assertThat(IncomingText.of("text/plain", longest + "x").problem()).map(Problem::code).contains(ErrorCode.TOO_LARGE);
    }

    @Test
    void fieldsWithoutTextAreIgnored() {
        assertThat(text("{\"text\":\"Hi\",\"username\":\"alice\",\"channel\":\"#a\",\"icon_emoji\":\":x:\",\"mrkdwn\":true}"))
                .isEqualTo("Hi");
    }

    @Test
    void attachmentsGiveTheirTexts() {
        assertThat(text("""
                {"text":"Build 7","attachments":[{"fallback":"not shown","pretext":"On main","title":"Log",
                "title_link":"https://ci.example/7","text":"2 tests failed",
                "fields":[{"title":"Branch","value":"main","short":true},{"value":"x"},{"title":"none"}]},
                {"fallback":"in words"}]}""")).isEqualTo("""
                Build 7
                On main
                [Log](https://ci.example/7)
                2 tests failed
                Branch: main
                x
                in words""");
    }

    @Test
    void blocksCountWhereThereIsNoOtherText() {
        String blocks = "\"blocks\":[{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\"Alert\"}},{\"type\":\"divider\"},"
                + "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"Disk\"}}]";
        assertThat(text("{" + blocks + "}")).isEqualTo("Alert\nDisk");
        assertThat(text("{\"text\":\"In short\"," + blocks + "}")).isEqualTo("In short");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '\u00a7', value = {
        "See <https://a.example/x?y=1|the page>. § See [the page](https://a.example/x?y=1).",
        "<https://a.example/(1)|a [b]> § [a b](https://a.example/(1%29)",
        "<https://a.example/> § <https://a.example/>", "<!here> <!channel|channel> § @here @channel",
        "a &lt; b &amp;&amp; c &gt; d § a < b && c > d", "&amp;lt; § &lt;", "<javascript:alert(1)|x> § <javascript:alert(1)|x>",
        "a < b § a < b"})
    void slacksNotationIsTranslated(String sent, String posted) {
        assertThat(text("{\"text\":\"" + sent + "\"}")).isEqualTo(posted);
    }

    @Test
    void plainTextAndFormsAreRead() {
        assertThat(IncomingText.of("text/plain; charset=utf-8", " <https://a.example|b> &lt;\n").text())
                .isEqualTo("<https://a.example|b> &lt;");
        String form = "payload=" + URLEncoder.encode("{\"text\":\"Grüße & mehr\"}", StandardCharsets.UTF_8);
        assertThat(IncomingText.of("application/x-www-form-urlencoded", form).text()).isEqualTo("Grüße & mehr");
        assertThat(IncomingText.of("application/x-www-form-urlencoded", "payload=%zz").problem()).isPresent();
        assertThat(IncomingText.of("application/x-www-form-urlencoded", "text=a").problem()).isPresent();
    }
}
