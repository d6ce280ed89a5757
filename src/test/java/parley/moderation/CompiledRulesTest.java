package parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.protocol.ErrorCode;
import parley.room.RuleAction;
import parley.room.Verdict;

/** Which texts rules match, and which patterns they may have. */
class CompiledRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "*", "a*", "casino *", "ca*no", "c++", "$", "casino!", "[a-z]+", ".*", "a b c d e f g h i"})
    void refusesPatternsOfWords(String pattern) {
        assertThat(word(pattern, RuleAction.BLOCK).problem()).map(problem -> problem.code()).contains(ErrorCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "https://", "?", "@"})
    void refusesPatternsOfLinks(String pattern) {
        assertThat(link(pattern, RuleAction.BLOCK).problem()).map(problem -> problem.code()).contains(ErrorCode.BAD_REQUEST);
    }

    @Test
    void refusesAHostWhoseNameIsTooLong() {
        assertThat(link("\u4e00\u9fa5\u6c49".repeat(80), RuleAction.BLOCK).problem()).isPresent();
        assertThat(link("\u4e00\u9fa5.example", RuleAction.BLOCK).problem()).isEmpty();
    }

    @Test
    void refusesExceptionsThatMeanNothing() {
        assertThat(word("casino", RuleAction.ALLOW).problem()).isPresent();
        assertThat(link("*", RuleAction.ALLOW).problem()).isPresent();
        assertThat(link("example.com", RuleAction.ALLOW).problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"casino", "free money", "casino*", "don't", "🍆", "赌博", "Straße", "a b c d e f g h"})
    void takesWords(String pattern) {
        assertThat(word(pattern, RuleAction.BLOCK).problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"casino", "A CASINO!", "(casino)", "_casino_", "casino's", "ｃａｓｉｎｏ", "cas\u200bino", "ca\u00adsino", "cаsinо",
            "CАSINO", "c̶a̶s̶i̶n̶o̶", "𝒸𝒶𝓈𝒾𝓃ℴ", "c⍺sino", "casin0", "cas\u2060ino", "|casino|", "see https://casino.example"})
    void findsAWordInDisguise(String text) {
        assertThat(blocks(text, word("casino", RuleAction.BLOCK))).as(text).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"casinos", "mycasino", "cas ino", "c a s i n o", "casìno", ""})
    void leavesOtherWords(String text) {
        assertThat(blocks(text, word("casino", RuleAction.BLOCK))).as(text).isFalse();
    }

    @Test
    void comparesCapitalsAndNumbersAsPeopleReadThem() {
        assertThat(blocks("cIick here", word("click", RuleAction.BLOCK))).isTrue();
        assertThat(blocks("FAIL", word("fall", RuleAction.BLOCK))).as("all capitals").isFalse();
        assertThat(blocks("101", word("lol", RuleAction.BLOCK))).as("a number").isFalse();
        assertThat(blocks("1488", word("1488", RuleAction.BLOCK))).isTrue();
        assertThat(blocks("a camera", word("car*", RuleAction.BLOCK))).as("rn is no m").isFalse();
        assertThat(blocks("schön", word("schon", RuleAction.BLOCK))).as("an umlaut is a letter").isFalse();
        assertThat(blocks("STRASSE", word("straße", RuleAction.BLOCK))).isTrue();
    }

    @Test
    void matchesPhrasesAndBeginnings() {
        Rule phrase = word("free money", RuleAction.BLOCK);
        assertThat(blocks("Free,\n MONEY now", phrase)).isTrue();
        assertThat(blocks("money free", phrase)).isFalse();
        assertThat(blocks("free of money", phrase)).isFalse();
        Rule beginning = word("free mon*", RuleAction.BLOCK);
        assertThat(blocks("free money", beginning)).isTrue();
        assertThat(blocks("free mon", beginning)).isTrue();
        assertThat(blocks("free mo", beginning)).isFalse();
    }

    @Test
    void findsWordsOfScriptsWithoutSpaces() {
        assertThat(blocks("我爱赌博网站", word("赌博", RuleAction.BLOCK))).isTrue();
        assertThat(blocks("我爱赌网博", word("赌博", RuleAction.BLOCK))).isFalse();
        assertThat(blocks("เว็บพนันออนไลน์", word("พนัน", RuleAction.BLOCK))).isTrue();
        assertThat(blocks("yes 🍆🍆", word("🍆", RuleAction.BLOCK))).isTrue();
    }

    @Test
    void theStrictestRuleCounts() {
        CompiledRules rules = CompiledRules.of(List.of(word("casino", RuleAction.FLAG), word("win casino", RuleAction.HOLD),
                word("win casino now", RuleAction.BLOCK)));
        assertThat(says(rules, "casino")).isEqualTo(RuleAction.FLAG);
        assertThat(says(rules, "win casino")).isEqualTo(RuleAction.HOLD);
        assertThat(says(rules, "casino, win casino now")).isEqualTo(RuleAction.BLOCK);
        assertThat(rules.of(CompiledRules.Read.of("win casino")).pattern()).isEqualTo("win casino");
        assertThat(rules.of(CompiledRules.Read.of("nothing"))).isEqualTo(Verdict.ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://casino.example", "HTTPS://WWW.Casino.Example/x", "[a](http://casino.example:8080)",
            "`https://casino.example`", "https://casino.example.", "https://good.example@casino.example", "https://casino.example\\good.example",
            "https://c%61sino.example", "https://ｃasino。example", "www.casino.example", "https:\\\\casino.example", "https://a.example b https://b.example c "
            + "https://c.example d https://casino.example"})
    void findsAHost(String text) {
        assertThat(blocks(text, link("casino.example", RuleAction.BLOCK))).as(text).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://notcasino.example", "https://casino.example.org", "https://good.example/casino.example",
            "casino.example", "https://good.example?u=https%3A%2F%2Fcasino.example"})
    void leavesOtherHosts(String text) {
        assertThat(blocks(text, link("casino.example", RuleAction.BLOCK))).as(text).isFalse();
    }

    @Test
    void allowsOnlyNamedHosts() {
        CompiledRules rules = CompiledRules.of(List.of(link("*", RuleAction.HOLD), link("example.com", RuleAction.ALLOW),
                link("bad.example.com", RuleAction.BLOCK)));
        assertThat(says(rules, "https://docs.example.com/")).isEqualTo(RuleAction.ALLOW);
        assertThat(says(rules, "https://a.bad.example.com/")).isEqualTo(RuleAction.BLOCK);
        assertThat(says(rules, "https://example.org/ https://example.com")).isEqualTo(RuleAction.HOLD);
        assertThat(says(rules, "https://%/")).as("a host that can't be read").isEqualTo(RuleAction.HOLD);
        assertThat(says(rules, "no link")).isEqualTo(RuleAction.ALLOW);
    }

    @Test
    void knowsHostsByTheirAsciiName() {
        assertThat(link("*.Bücher.example", RuleAction.BLOCK).pattern()).isEqualTo("xn--bcher-kva.example");
        assertThat(blocks("https://bücher.example", link("bücher.example", RuleAction.BLOCK))).isTrue();
    }

    @Test
    void aLongTextOfTheWorstWordsIsReadOnce() {
        List<Rule> rules = IntStream.range(0, Rules.MOST).mapToObj(i -> word("a a a a a a a w" + i + "x*", RuleAction.BLOCK)).toList();
        assertThat(says(CompiledRules.of(rules), "a ".repeat(2_000))).isEqualTo(RuleAction.ALLOW);
        assertThat(says(CompiledRules.of(rules), "a ".repeat(2_000) + "w7x")).isEqualTo(RuleAction.BLOCK);
    }

    private static boolean blocks(String text, Rule rule) {
        return says(CompiledRules.of(List.of(rule)), text) == RuleAction.BLOCK;
    }

    private static RuleAction says(CompiledRules rules, String text) {
        return rules.of(CompiledRules.Read.of(text)).action();
    }

    private static Rule word(String pattern, RuleAction action) {
        return new Rule("id", "", Rule.Kind.WORD, pattern, action, "root", Instant.EPOCH).normalised();
    }

    private static Rule link(String pattern, RuleAction action) {
        return new Rule("id", "", Rule.Kind.LINK, pattern, action, "root", Instant.EPOCH).normalised();
    }
}
