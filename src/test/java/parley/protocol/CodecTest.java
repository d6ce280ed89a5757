package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "", "nonsense", "{", "[]", "null", "7", "\"text\"",
            "{\"id\":1,\"type\":\"ping\"} {}",
            "{\"id\":1,\"id\":2,\"type\":\"ping\"}",
            "{\"type\":\"ping\"}",
            "{\"id\":0,\"type\":\"ping\"}",
            "{\"id\":-1,\"type\":\"ping\"}",
            "{\"id\":1.5,\"type\":\"ping\"}",
            "{\"id\":1.0,\"type\":\"ping\"}",
            "{\"id\":\"1\",\"type\":\"ping\"}",
            "{\"id\":9007199254740993,\"type\":\"ping\"}",
            "{\"id\":1e999999999,\"type\":\"ping\"}",
            "{\"id\":1}",
            "{\"id\":1,\"type\":7}",
            "{\"id\":1,\"type\":\"no.such\"}",
            "{\"id\":1,\"type\":\"ping\",\"more\":1}",
            "{\"id\":1,\"type\":\"room.join\"}",
            "{\"id\":1,\"type\":\"room.join\",\"room\":\"a/b\"}",
            "{\"id\":1,\"type\":\"room.join\",\"room\":\"\"}",
            "{\"id\":1,\"type\":\"room.join\",\"room\":{\"$ne\":null}}",
            "{\"id\":1,\"type\":\"room.join\",\"room\":[\"general\"]}",
            "{\"id\":1,\"type\":\"subscribe\",\"room\":\"general\",\"last\":101}",
            "{\"id\":1,\"type\":\"subscribe\",\"room\":\"general\",\"last\":-1}",
            "{\"id\":1,\"type\":\"subscribe\",\"room\":\"general\",\"since\":7}",
            "{\"id\":1,\"type\":\"subscribe\",\"room\":\"general\",\"since\":{\"epoch\":\"e\"}}",
            "{\"id\":1,\"type\":\"subscribe\",\"room\":\"general\",\"since\":{\"epoch\":\"e\",\"offset\":1,\"x\":1}}",
            "{\"id\":1,\"type\":\"history\",\"room\":\"general\",\"before\":1,\"after\":1}",
            "{\"id\":1,\"type\":\"history\",\"room\":\"general\",\"limit\":101}",
            "{\"id\":1,\"type\":\"history\",\"room\":\"general\",\"limit\":0}",
            "{\"id\":1,\"type\":\"message.post\",\"room\":\"general\",\"text\":\"no key\"}",
            "{\"id\":1,\"type\":\"message.post\",\"room\":\"general\",\"key\":\"k\",\"text\":\"  \"}",
            "{\"id\":1,\"type\":\"message.post\",\"room\":\"general\",\"key\":\"k\",\"text\":\"\\u0000\"}",
            "{\"id\":1,\"type\":\"message.post\",\"room\":\"general\",\"key\":\"k\",\"text\":\"\\u0000\",\"files\":[\"f\"]}",
            "{\"id\":1,\"type\":\"message.post\",\"room\":\"general\",\"key\":\"k\",\"text\":\"\\ud800\"}",
            "{\"id\":1,\"type\":\"message.post\",\"room\":\"general\",\"key\":\"k\",\"text\":\"\\udc00\\ud800\"}",
            "{\"id\":1,\"type\":\"message.post\",\"room\":\"general\",\"key\":\"k\",\"text\":\"hi\",\"mentions\":[7]}",
            "{\"id\":1,\"type\":\"message.post\",\"room\":\"general\",\"key\":\"k\",\"text\":\"hi\",\"mentions\":[\"a\\nb\"]}",
            "{\"type\":\"typing\",\"room\":\"general\",\"on\":\"yes\"}"})
    void whatIsNoCommandIsABadRequest(String frame) {
        assertThat(Codec.decode(frame)).isInstanceOfSatisfying(BrokenFrame.class,
                broken -> assertThat(broken.problem().code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void aHundredThousandBracketsAreABadRequest() {
        assertThat(Codec.decode("[".repeat(100_000))).isInstanceOf(BrokenFrame.class);
        assertThat(Codec.decode("{\"a\":".repeat(100_000))).isInstanceOf(BrokenFrame.class);
    }

    @Test
    void aBrokenCommandIsAnsweredUnderItsIdWhereThatIsSound() {
        assertThat(((BrokenFrame) Codec.decode("{\"id\":7,\"type\":\"no.such\"}")).re()).isEqualTo(7);
        assertThat(((BrokenFrame) Codec.decode("{\"id\":-7,\"type\":\"ping\"}")).re()).isZero();
        assertThat(((BrokenFrame) Codec.decode("{\"id\":7")).re()).isZero();
    }

    @Test
    void aTextIsMeasuredInCodePoints() {
        assertThat(Codec.decode(posting("😀".repeat(4_000)))).isInstanceOf(MessageCommand.Post.class);
        assertThat(Codec.decode(posting("😀".repeat(4_001)))).isInstanceOfSatisfying(BrokenFrame.class,
                broken -> assertThat(broken.problem().code()).isEqualTo(ErrorCode.TOO_LARGE));
    }

    @Test
    void typingNeedsNoId() {
        assertThat(Codec.decode("{\"type\":\"typing\",\"room\":\"general\",\"on\":true}"))
                .isEqualTo(new ConnectionCommand.Typing(0, "general", true));
    }

    @Test
    void whatIsLeftOutHasItsUsualValue() {
        assertThat(Codec.decode("{\"id\":1,\"type\":\"subscribe\",\"room\":\"general\"}"))
                .isEqualTo(new ReadCommand.Subscribe(1, "general", Optional.empty(), -1));
        assertThat(Codec.decode("{\"id\":1,\"type\":\"history\",\"room\":\"general\"}"))
                .isEqualTo(new ReadCommand.History(1, "general", new HistoryPage(0, -1, 0, Optional.empty(), 0, false, 50)));
        assertThat(Codec.decode("{\"id\":1,\"type\":\"message.post\",\"room\":\"general\",\"key\":\"k\",\"text\":\"hi\"}"))
                .isEqualTo(new MessageCommand.Post(1, "general", "k", "hi", 0, false, List.of(), false));
    }

    private static String posting(String text) {
        return "{\"id\":1,\"type\":\"message.post\",\"room\":\"general\",\"key\":\"k\",\"text\":\"" + text + "\"}";
    }
}
