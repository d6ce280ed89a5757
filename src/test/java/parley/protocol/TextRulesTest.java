package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u3000", "\u200b", "\u3164", "a\u200bb", "a\u200db", "\u202ecilA", "Al\u2066ice", "Al\u061cice",
            "\ufeffAlice", "a\u00adb",
            "a\u034fb", "Alice\udb40\udc41", "a\u115fb", "\u0301Alice", "\u20ddAlice", "\u0903x", "a\nb", "a\u0000b", "a\u0085b",
            "a\u2028b",
            "a\u2029b",
            "\ud800", "a\udc00b", "\ufff9a\ufffab\ufffb"})
    void aNameWithWhatIsNotSeenIsRefused(String written) {
        assertThat(TextRules.wrongInName(TextRules.name(written))).isPresent();
    }

    @Test
    void whatADatabaseOrAnEncodingCanNotHoldIsNotStored() {
        assertThat(TextRules.isStorable("")).isTrue();
        assertThat(TextRules.isStorable("a\uD83D\uDE00b\uD83D\uDE00")).isTrue();
        for (String text : List.of("\0", "a\0b", "\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "\uD83D\uD83D\uDE00")) {
            assertThat(TextRules.isStorable(text)).isFalse();
        }
    }

    @Test
    void aTextOfNothingThatIsSeenIsBlank() {
        assertThat(TextRules.isBlank(" \t\n\u00a0\u3000\u200b\u2028")).isTrue();
        assertThat(TextRules.isBlank("\u2028\u007f")).as("a control is not seen").isTrue();
        for (String text : List.of("\u2800", "\ufe0f", "\ufe0e", "\u001b", "\u200b", "\u200d\ufe0f", "\u3164", "\u115f\u1160",
                "\u2800 \u2800")) {
            assertThat(TextRules.isBlank(text)).isTrue();
        }
        assertThat(TextRules.isBlank("\u2801")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alice", "Zoë", "Zoe\u0308", "李小龍", "Иван", "محمد", "नमस्ते", "O'Neill & Söhne (IT)", "Team 🎉",
            "I ❤\ufe0f Java", "1",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\ud83d\udc69\ud83c\udffd\u200d\ud83d\udcbb",
        "\u2764\ufe0f\u200d\ud83d\udd25", "\u0915\u094d\u200d\u0937"})
    void aNameOfAnyScriptIsTaken(String written) {
        assertThat(TextRules.wrongInName(TextRules.name(written))).isEmpty();
        assertThat(TextRules.shown(written)).isEqualTo(TextRules.name(written));
    }

    @Test
    void aNameIsMeasuredAsItIsKept() {
        assertThat(TextRules.wrongInName(TextRules.name("n".repeat(100)))).isEmpty();
        assertThat(TextRules.wrongInName(TextRules.name("n".repeat(101)))).isPresent();
        assertThat(TextRules.wrongInName(TextRules.name("\ufdfa".repeat(6)))).as("one sign that stands for eighteen").isPresent();
    }

    @ParameterizedTest
    @CsvSource({"Ａｌｉｃｅ, Alice", "' Alice ', Alice", "ﬁnance, finance", "Zoe\u0308, Zoë"})
    void aNameIsKeptInPlainForms(String written, String kept) {
        assertThat(TextRules.name(written)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"General, GENERAL", "General, ｇｅｎｅｒａｌ", "Payroll, P\u0430yroll", "Payroll, PAYROLL", "PayPal, PayPaI", "Alice, A1ice",
            "Alice, AIice",
            "Straße, STRASSE", "Zoë, ZOE\u0308", "Scope, \u0455\u0441\u043e\u0440\u0435", "Scope, 𝓢𝓬𝓸𝓹𝓮"})
    void namesThatLookAlikeAreOne(String one, String other) {
        assertThat(TextRules.looks(one)).containsAnyElementsOf(TextRules.looks(other));
    }

    @ParameterizedTest
    @CsvSource({"Mail, Mall", "General, Generals", "Alice, Alicia", "Team 1, Team 2", "Zoe, Zoë", "Иван, Ivan"})
    void namesThatAnEyeTellsApartAreTwo(String one, String other) {
        assertThat(TextRules.looks(one)).doesNotContainAnyElementsOf(TextRules.looks(other));
    }

    @ParameterizedTest
    @CsvSource({"'\u202ecilA', cilA", "'A\u200blice', Alice", "'\u0301Alice', Alice", "'\u200b\u0301 \u0301Alice\n', Alice",
            "'\u202e\u200b', ''",
            "'\u0301', ''"})
    void aNameThatItsBearerCanNotChangeIsShownWithoutThat(String written, String shown) {
        assertThat(TextRules.shown(written)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::", ":a:", "party", ":party", "party:", ":Party:", ":pa rty:", ":pä:", ":tada::skin-tone-2:", "👍",
            ":aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:"})
    void whatIsNotANameBetweenColonsIsNoCustomEmoji(String text) {
        assertThat(TextRules.customEmoji(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "+1", "party_parrot-2", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void aNameBetweenColonsMayBeACustomEmoji(String name) {
        assertThat(TextRules.customEmoji(":" + name + ":")).contains(name);
    }

    @Test
    void aLongNameIsCut() {
        assertThat(TextRules.shown("n".repeat(200))).hasSize(100);
        assertThat(TextRules.shown("\ufdfa".repeat(100)).codePoints().count()).isLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b", "a\nb", "ali\u200bce", "\u202ealice", "\ud800", "a\u0000"})
    void whatIsNotSeenIsNoUserId(String id) {
        assertThat(TextRules.isUserId(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "auth0|5f7c8ec7c33c6c004bbafe82", "alice@example.com", "f47ac10b-58cc-4372-a567-0e02b2c3d479", "李"})
    void whatIsSeenIsAUserId(String id) {
        assertThat(TextRules.isUserId(id)).isTrue();
    }
}
