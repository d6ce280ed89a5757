package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.RawFrame;
import parley.protocol.CloseCode;
import parley.protocol.Codec;

class FrameReaderTest {

    private final Recorder recorder = new Recorder();
    private final FrameReader reader = new FrameReader(recorder, false);

    @Test
    void aMessageThatIsIncompleteAfterAMinuteIsAViolation() {
        long[] now = {0};
        FrameReader slow = new FrameReader(recorder, false, () -> now[0]);
        slow.read(RawFrame.firstFragment("x").encoded());
        now[0] = TimeUnit.SECONDS.toNanos(60);
        slow.read(RawFrame.of(RawFrame.FIN | RawFrame.PING, new byte[0]).encoded());
        assertThat(recorder.all).hasSize(1);
        now[0]++;
        slow.read(RawFrame.of(RawFrame.FIN | RawFrame.PING, new byte[0]).encoded());
        assertThat(recorder.all).hasSize(2);
        assertThat(recorder.all.getLast()).isEqualTo("violation " + CloseCode.BROKEN);
    }

    @Test
    void readsTheExampleOfRfc6455() {
        reads("818537fa213d7f9f4d5158");
        assertThat(recorder.all).containsExactly("text Hello");
    }

    @Test
    void readsSeveralFramesAtOnce() {
        reads(RawFrame.text("one"), RawFrame.text(""), RawFrame.of(0x89, new byte[] {1}), RawFrame.of(0x8a, new byte[0]),
                RawFrame.of(0x82, new byte[9]));
        assertThat(recorder.all).containsExactly("text one", "text ", "ping 01", "pong", "binary");
    }

    @Test
    void joinsFragmentsAndReadsAPingBetweenThem() {
        reads(RawFrame.firstFragment("a"), RawFrame.of(0x89, new byte[0]), RawFrame.middleFragment("b"), RawFrame.lastFragment("c"),
                RawFrame.text("d"));
        assertThat(recorder.all).containsExactly("ping ", "text abc", "text d");
    }

    @Test
    void readsTheSameHoweverTheBytesAreSplit() {
        byte[] frames = bytes(RawFrame.text("é".repeat(40)), RawFrame.firstFragment("x".repeat(300)), RawFrame.of(0x89, new byte[125]),
                RawFrame.lastFragment("y".repeat(70_000 - 10_000)), RawFrame.text("last"), RawFrame.of(0x88, new byte[] {3, (byte) 0xe8}));
        reader.read(frames.clone());
        List<String> whole = recorder.all;
        assertThat(whole).hasSize(5);
        Random random = new Random(1);
        for (int most : new int[] {1, 2, 7, 1_000, 65_536}) {
            Recorder again = new Recorder();
            FrameReader other = new FrameReader(again, false);
            for (int at = 0; at < frames.length;) {
                int end = Math.min(frames.length, at + 1 + random.nextInt(most));
                other.read(Arrays.copyOfRange(frames, at, end));
                at = end;
            }
            assertThat(again.all).as("at most %s bytes at once", most).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @CsvSource({"03e8, 1000", "03f3, 1011", "03f4, 1012", "03f5, 1013", "03f6, 1014", "0bb8, 3000", "1387, 4999"})
    void acceptsCloseCodesThatAPeerMaySend(String code, int handed) {
        reads("888200000000" + code);
        assertThat(recorder.all).containsExactly("close " + handed);
    }

    @ParameterizedTest
    @CsvSource({
            "8100, BROKEN", "810548656c6c6f, BROKEN",
            "c18000000000, PROTOCOL_ERROR", "a18000000000, PROTOCOL_ERROR", "918000000000, PROTOCOL_ERROR",
            "838000000000, PROTOCOL_ERROR", "8b8000000000, PROTOCOL_ERROR",
            "808000000000, PROTOCOL_ERROR", "018000000000018000000000, PROTOCOL_ERROR",
            "098000000000, PROTOCOL_ERROR", "89fe007e, PROTOCOL_ERROR", "88810000000003, PROTOCOL_ERROR",
            "888200000000" + "03ed" + ", PROTOCOL_ERROR", "888200000000" + "03f7" + ", PROTOCOL_ERROR",
            "888200000000" + "0000" + ", PROTOCOL_ERROR",
            "888300000000" + "03e8ff" + ", NOT_UTF8", "818100000000ff, NOT_UTF8", "818300000000eda080, NOT_UTF8",
            "81fe007d, BROKEN", "81ff000000000000ffff, BROKEN",
            "81ff0000000000010001, TOO_BIG", "81ff8000000000000000, TOO_BIG", "81ffffffffffffffffff, TOO_BIG",
            "82ff0000000080000000, TOO_BIG", "01810000000078" + "80ff7fffffffffffffff00000000" + ", TOO_BIG"})
    void reportsViolations(String hex, CloseCode fault) {
        reads(hex);
        reads(RawFrame.text("more"));
        assertThat(recorder.all).containsExactly("violation " + fault);
    }

    /** CVE-2026-5740, CVE-2020-13935. */
    @ParameterizedTest
    @ValueSource(strings = {"81fe8000", "81ff0000000000010000", "81ff0000000080000000", "81ff8000000000000000", "81ff7fffffffffffffff"})
    void allocatesNothingForADeclaredLength(String hex) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] begun = HexFormat.of().parseHex(hex + "00000000" + "00000000000000000000");
        new FrameReader(new Recorder(), false).read(begun.clone());
        FrameReader other = new FrameReader(new Recorder(), false);
        long before = threads.getCurrentThreadAllocatedBytes();
        other.read(begun);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4_096);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1007, 1011, 3000, 4999})
    void acceptsCloseFramesWithAReason(int code) {
        reads(RawFrame.of(0x88, new byte[] {(byte) (code >> 8), (byte) code, 'b', 'y', 'e'}), RawFrame.text("more"));
        assertThat(recorder.all).containsExactly("close " + code);
    }

    @Test
    void readsACloseWithoutACodeAsNormal() {
        reads("888000000000");
        assertThat(recorder.all).containsExactly("close 1000");
    }

    @Test
    void acceptsTheReplacementCharacterItself() {
        reads(RawFrame.text("\uFFFD"));
        assertThat(recorder.all).containsExactly("text \uFFFD");
    }

    @Test
    void boundsTheBytesOfAMessage() {
        String half = "x".repeat(Codec.LARGEST_FRAME / 2);
        reads(RawFrame.firstFragment(half), RawFrame.lastFragment(half), RawFrame.firstFragment(half), RawFrame.middleFragment(half),
                RawFrame.lastFragment("x"));
        assertThat(recorder.all).containsExactly("text " + half + half, "violation " + CloseCode.TOO_BIG);
    }

    @Test
    void boundsTheFragmentsOfAMessage() {
        reads(RawFrame.firstFragment(""));
        for (int i = 1; i < FrameReader.MAX_FRAGMENTS; i++) {
            reads(RawFrame.middleFragment(""));
        }
        assertThat(recorder.all).isEmpty();
        reads(RawFrame.middleFragment(""));
        assertThat(recorder.all).containsExactly("violation " + CloseCode.BROKEN);
    }

    private void reads(String hex) {
        reader.read(HexFormat.of().parseHex(hex));
    }

    private void reads(RawFrame... frames) {
        reader.read(bytes(frames));
    }

    private static byte[] bytes(RawFrame... frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (RawFrame frame : frames) {
            bytes.writeBytes(frame.encoded());
        }
        return bytes.toByteArray();
    }

    private static final class Recorder implements FrameReader.Listener {
        private final List<String> all = new ArrayList<>();

        @Override
        public void text(String text) {
            all.add("text " + text);
        }

        @Override
        public void binary(byte[] content) {
            all.add("binary");
        }

        @Override
        public void ping(byte[] content) {
            all.add("ping " + HexFormat.of().formatHex(content));
        }

        @Override
        public void pong() {
            all.add("pong");
        }

        @Override
        public void close(int code) {
            all.add("close " + code);
        }

        @Override
        public void violation(CloseCode code) {
            all.add("violation " + code);
        }
    }
}
