package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the bytes of RFC 6455, sections 5.2 and 5.7. */
class FramingTest {

    @Test
    void aTextFrameIsTheOneOfTheStandard() {
        assertThat(hex(Framing.text("Hello"))).isEqualTo("810548656c6c6f");
        assertThat(hex(Framing.text("é€😀"))).isEqualTo("8109" + "c3a9" + "e282ac" + "f09f9880");
    }

    @ParameterizedTest
    @CsvSource({"0,8100", "125,817d", "126,817e007e", "65535,817effff", "65536,817f0000000000010000"})
    void theLengthTakesAsFewBytesAsItCan(int length, String header) {
        byte[] frame = Framing.text("x".repeat(length));
        assertThat(frame).hasSize(header.length() / 2 + length);
        assertThat(hex(Arrays.copyOf(frame, header.length() / 2))).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 65535, 65536})
    void framesAreFoundAgain(int length) {
        ByteBuffer frames = ByteBuffer.allocate(70_000).put(Framing.ping()).put(Framing.text("x".repeat(length)))
                .put(Framing.close(1000, "")).flip();
        assertThat(Framing.next(frames)).isEqualTo(new Framing.Part(Framing.PING, 0, 2, 0));
        Framing.Part text = Framing.next(frames);
        assertThat(text.opcode()).isEqualTo(Framing.TEXT);
        assertThat(text.start()).isEqualTo(2);
        assertThat(text.length()).isEqualTo(length);
        assertThat(new String(frames.array(), text.from(), length, StandardCharsets.UTF_8)).isEqualTo("x".repeat(length));
        assertThat(Framing.next(frames)).isEqualTo(new Framing.Part(Framing.CLOSE, text.end(), text.end() + 2, 2));
        assertThat(frames.hasRemaining()).isFalse();
    }

    @Test
    void pingsAndPongs() {
        assertThat(hex(Framing.ping())).isEqualTo("8900");
        assertThat(hex(Framing.pong(new byte[] {4, 2}))).isEqualTo("8a020402");
    }

    @Test
    void aCloseHasItsCodeAndReason() {
        assertThat(hex(Framing.close(1000, ""))).isEqualTo("880203e8");
        assertThat(hex(Framing.close(4101, "slow"))).isEqualTo("88061005" + "736c6f77");
    }

    @Test
    void aReasonIsCutBetweenCharacters() {
        byte[] frame = Framing.close(1000, "é".repeat(100));
        assertThat(new String(frame, 4, frame.length - 4, StandardCharsets.UTF_8)).isEqualTo("é".repeat(61));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
