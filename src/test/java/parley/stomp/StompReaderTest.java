package parley.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;

class StompReaderTest {

    private final StompReader reader = new StompReader();
    private final List<StompFrame> frames = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {
        "SEND\0",
        "SEND\na:b\0",
        "SEND\nno colon\n\n\0",
        "SEND\n:no name\n\n\0",
        "SEND\na:\\t\n\n\0",
        "SEND\na:b\\\n\n\0",
        "SEND\n\\x:b\n\n\0",
        "SEND\na:b\rc:d\n\n\0",
        "SEND\ncontent-length:-1\n\n\0",
        "SEND\ncontent-length:\n\n\0",
        "SEND\ncontent-length:100000\n\n\0",
        "SEND\ncontent-length:\u0661\n\n\0",
        "SEND\ncontent-length:1\n\nab\0",
        "A command without end\n\n\0",
    })
    void refusesWhatTheGrammarForbids(String bytes) {
        assertThat(read(bytes)).map(Problem::code).contains(ErrorCode.BAD_REQUEST);
        assertThat(frames).isEmpty();
    }

    @Test
    void refusesHeadersThatAreNoText() {
        assertThat(reader.read(new byte[] {'A', '\n', (byte) 0xff, ':', '\n'}, frames::add)).map(Problem::code)
                .contains(ErrorCode.BAD_REQUEST);
    }

    @Test
    void refusesMoreThanItsBounds() {
        assertThat(read("SEND\n" + "a:b\n".repeat(StompReader.MOST_HEADERS + 1))).map(Problem::code).contains(ErrorCode.TOO_LARGE);
        assertThat(new StompReader().read(bytes("SEND\na:" + "b".repeat(StompReader.LONGEST_LINE)), frames::add)).map(Problem::code)
                .contains(ErrorCode.TOO_LARGE);
        assertThat(new StompReader().read(bytes("SEND\n\n" + "b".repeat(65_536)), frames::add)).map(Problem::code)
                .contains(ErrorCode.TOO_LARGE);
        assertThat(frames).isEmpty();
    }

    @Test
    void readsNothingAfterAFault() {
        assertThat(read("SEND\nreceipt:r\nbroken\n\n\0SEND\n\n\0")).isPresent();
        assertThat(reader.receipt()).contains("r");
        assertThat(read("SEND\n\n\0")).isPresent();
        assertThat(frames).isEmpty();
    }

    @Test
    void takesTheFirstOfRepeatedHeaders() {
        read("SEND\na:first\na:second\n\n\0");
        assertThat(frames.getFirst().header("a")).contains("first");
    }

    @Test
    void unescapesHeadersExceptThoseOfConnect() {
        read("SEND\na\\cb:\\r\\n\\c\\\\n\n\n\0CONNECT\npasscode:a\\nb\n\n\0");
        assertThat(frames.getFirst().header("a:b")).contains("\r\n:\\n");
        assertThat(frames.getLast().header("passcode")).contains("a\\nb");
    }

    @Test
    void keepsSpacesAndColonsOfValues() {
        read("SEND\nsince: e:1 \nempty:\n\n\0");
        assertThat(frames.getFirst().headers()).containsEntry("since", " e:1 ").containsEntry("empty", "");
    }

    @Test
    void readsBodiesByLengthOrToTheirEnd() {
        read("SEND\r\ncontent-length:3\r\n\r\na\0b\0\n\r\n\nSEND\n\n\u00fc\n\0SEND\ncontent-length:0\n\n\0");
        assertThat(frames).extracting(StompFrame::text)
                .containsExactly(Optional.of("a\0b"), Optional.of("\u00fc\n"), Optional.of(""));
    }

    @Test
    void readsFramesInAnyPieces() {
        for (byte next : bytes("\nSEND\na:b\n\nbody\0\nSEND\n\nmore\0")) {
            assertThat(reader.read(new byte[] {next}, frames::add)).isEmpty();
        }
        assertThat(frames).extracting(StompFrame::text).containsExactly(Optional.of("body"), Optional.of("more"));
    }

    @Test
    void bodyThatIsNoTextHasNone() {
        reader.read(new byte[] {'A', '\n', '\n', (byte) 0xff, 0}, frames::add);
        assertThat(frames.getFirst().text()).isEmpty();
    }

    @Test
    void writesWhatItReads() {
        String value = "\r\n:\\ \u00fc";
        reader.read(new StompWriter("ERROR").with("a", value).bytes(), frames::add);
        assertThat(frames.getFirst().headers()).containsExactlyEntriesOf(java.util.Map.of("a", value));
        assertThat(new String(new StompWriter("CONNECTED").with("a", "b\nc\0:").bytes(), StandardCharsets.UTF_8))
                .isEqualTo("CONNECTED\na:b c :\n\n\0");
    }

    @Test
    void heartBeatsAreAgreed() {
        assertThat(HeartBeats.of("1,2,3")).isEmpty();
        assertThat(HeartBeats.of("-1,0")).isEmpty();
        assertThat(HeartBeats.of("9999999999,0")).isEmpty();
        assertThat(HeartBeats.of("0,0")).contains(new HeartBeats(0, 0));
        assertThat(HeartBeats.of("5,20000")).contains(new HeartBeats(20_000, HeartBeats.SHORTEST));
    }

    private Optional<Problem> read(String text) {
        return reader.read(bytes(text), frames::add);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
