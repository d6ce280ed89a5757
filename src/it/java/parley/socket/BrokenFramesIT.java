package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;
import static parley.kit.RawFrame.BINARY;
import static parley.kit.RawFrame.CONTINUATION;
import static parley.kit.RawFrame.FIN;
import static parley.kit.RawFrame.PING;
import static parley.kit.RawFrame.TEXT;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.Bystander;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.RawFrame;
import parley.kit.RawSocket;

/** Frames that no client sends: each closes its own connection with the code that names the fault, and no other. */
@ExtendWith(Bystander.class)
class BrokenFramesIT {

    private static final int LARGEST_FRAME = 65_536;

    private final String room = Http.of("alice").makesRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bystander = ChatClient.of("carol").joins(room);
    @AutoClose
    private final RawSocket bob = Handshake.of("bob").opens();

    @AfterEach
    void theNeighbourStillGetsMessages() {
        alice.posts("all well");

        bystander.receives(posted("all well"));
    }

    @Test
    void takesAFrameOfTheGreatestLength() {
        bob.sends(RawFrame.text(ping(1, LARGEST_FRAME)));

        assertThat(bob.readsReply(1).ok()).isEmpty();
    }

    @Test
    void takesAMessageOfTheGreatestLengthInFragments() {
        String ping = ping(1, LARGEST_FRAME);

        bob.sends(RawFrame.textBegun(ping.substring(0, 30_000)), RawFrame.continued(ping.substring(30_000, 60_000)), RawFrame.ended(ping.substring(60_000)));

        assertThat(bob.readsReply(1).ok()).isEmpty();
    }

    @Test
    void countsBytesAndNotCharacters() {
        bob.sends(RawFrame.text("\"" + "ä".repeat(LARGEST_FRAME / 2) + "\""));

        assertThat(bob.isClosed()).isEqualTo(1009);
    }

    @Test
    void closesAFrameOfOneByteTooMany() {
        bob.sends(RawFrame.text(ping(1, LARGEST_FRAME + 1)));

        assertThat(bob.isClosed()).isEqualTo(1009);
    }

    @Test
    void closesAMessageOfOneByteTooManyInFragments() {
        String ping = ping(1, LARGEST_FRAME + 1);

        bob.sends(RawFrame.textBegun(ping.substring(0, 40_000)), RawFrame.ended(ping.substring(40_000)));

        assertThat(bob.isClosed()).isEqualTo(1009);
    }

    @Test
    void closesABinaryFrameOfOneByteTooMany() {
        bob.sends(RawFrame.of(FIN | BINARY, new byte[LARGEST_FRAME + 1]));

        assertThat(bob.isClosed()).isEqualTo(1009);
    }

    @Test
    void closesAFrameOfFiveMegabytes() {
        bob.sends(RawFrame.of(FIN | TEXT, new byte[100]).declaring(5_000_000));

        assertThat(bob.isClosed()).isEqualTo(1009);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, (1L << 31) - 1, 1L << 40, Long.MAX_VALUE})
    void closesAFrameThatDeclaresMoreThanItBrings(long declared) {
        bob.sends(RawFrame.of(FIN | TEXT, new byte[10]).declaring(declared));

        assertThat(bob.isClosed()).isEqualTo(1009);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1})
    void closesAFrameWhoseLengthHasItsTopBitSet(long declared) {
        bob.sends(RawFrame.of(FIN | TEXT, new byte[10]).declaring(declared));

        assertThat(bob.isClosed()).isIn(1002, 1009);
    }

    @Test
    void closesAnUnmaskedFrame() {
        bob.sends(RawFrame.text(ping(1, 100)).unmasked());

        assertThat(bob.isClosed()).isIn(1002, 4002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "e28228", "eda080", "f4908080", "22c3", "f0288c28"})
    void closesTextThatIsNoUtf8(String hex) {
        bob.sends(RawFrame.of(FIN | TEXT, HexFormat.of().parseHex(hex)));

        assertThat(bob.isClosed()).isEqualTo(1007);
    }

    @Test
    void closesTextThatIsNoUtf8AcrossFragments() {
        bob.sends(RawFrame.of(TEXT, HexFormat.of().parseHex("22e282")), RawFrame.of(FIN | CONTINUATION, HexFormat.of().parseHex("2822")));

        assertThat(bob.isClosed()).isEqualTo(1007);
    }

    @Test
    void takesACharacterThatIsSplitByFragments() {
        byte[] ping = "{\"id\":1,\"type\":\"ping\",\"ä\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int inTheMiddle = new String(ping, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('Ã') + 1;

        bob.sends(RawFrame.of(TEXT, java.util.Arrays.copyOf(ping, inTheMiddle)),
                RawFrame.of(FIN | CONTINUATION, java.util.Arrays.copyOfRange(ping, inTheMiddle, ping.length)));

        assertThat(bob.readsReply(1).refusal()).as("an unknown field, but good UTF-8").isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x20, 0x10, 0x70})
    void closesAFrameWithReservedBits(int reserved) {
        bob.sends(RawFrame.of(FIN | reserved | TEXT, ping(1, 50).getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        assertThat(bob.isClosed()).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void closesAFrameWithAReservedOpcode(int opcode) {
        bob.sends(RawFrame.of(FIN | opcode, new byte[0]));

        assertThat(bob.isClosed()).isEqualTo(1002);
    }

    @Test
    void closesAContinuationOfNothing() {
        bob.sends(RawFrame.ended("{}"));

        assertThat(bob.isClosed()).isEqualTo(1002);
    }

    @Test
    void closesANewMessageInTheMiddleOfAnother() {
        bob.sends(RawFrame.textBegun("{\"id\":1,"), RawFrame.text(ping(2, 50)));

        assertThat(bob.isClosed()).isEqualTo(1002);
    }

    @Test
    void closesAControlFrameInFragments() {
        bob.sends(RawFrame.of(PING, new byte[0]));

        assertThat(bob.isClosed()).isEqualTo(1002);
    }

    @Test
    void closesAControlFrameOfMoreThan125Bytes() {
        bob.sends(RawFrame.of(FIN | PING, new byte[126]));

        assertThat(bob.isClosed()).isEqualTo(1002);
    }

    @Test
    void answersAPingBetweenFragments() {
        bob.sends(RawFrame.textBegun("{\"id\":1,"), RawFrame.of(FIN | PING, new byte[] {4, 2}));
        RawFrame pong = bob.reads();
        bob.sends(RawFrame.ended("\"type\":\"ping\"}"));

        assertThat(pong.opcode()).isEqualTo(RawFrame.PONG);
        assertThat(pong.payload()).containsExactly(4, 2);
        assertThat(bob.readsReply(1).ok()).isEmpty();
    }

    @Test
    void answersTheClosingHandshake() {
        bob.sends(RawFrame.of(FIN | RawFrame.CLOSE, new byte[] {3, (byte) 0xe8}));

        assertThat(bob.isClosed()).isEqualTo(1000);
    }

    @Test
    void isNotHeldUpByAFrameThatNeverEnds() {
        bob.sends(HexFormat.of().parseHex("81fe"));

        alice.posts("meanwhile");
        bystander.receives(posted("meanwhile"));
    }

    /** A ping of so many bytes: blanks may stand between any two tokens of JSON. */
    private static String ping(long id, int bytes) {
        String ping = "{\"id\":" + id + ",\"type\":\"ping\"}";
        return ping + " ".repeat(bytes - ping.length());
    }
}
