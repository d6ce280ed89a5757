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

/** Frames that violate RFC 6455 or a bound. Each closes its own connection with the matching code; other connections are unaffected. */
@ExtendWith(Bystander.class)
class BrokenFramesIT {

    private static final int LARGEST_FRAME = 65_536;

    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bystander = ChatClient.of("carol").joins(room);
    @AutoClose
    private final RawSocket bob = Handshake.of("bob").opens();

    @AfterEach
    void bystanderStillReceivesMessages() {
        alice.posts("all well");

        bystander.receives(posted("all well"));
    }

    @Test
    void acceptsAFrameOfMaximumSize() {
        bob.sends(RawFrame.text(ping(1, LARGEST_FRAME)));

        assertThat(bob.readsReply(1).ok()).isEmpty();
    }

    @Test
    void acceptsAFragmentedMessageOfMaximumSize() {
        String ping = ping(1, LARGEST_FRAME);

        bob.sends(RawFrame.firstFragment(ping.substring(0, 30_000)), RawFrame.middleFragment(ping.substring(30_000, 60_000)),
                RawFrame.lastFragment(ping.substring(60_000)));

        assertThat(bob.readsReply(1).ok()).isEmpty();
    }

    @Test
    void countsBytesNotCharacters() {
        bob.sends(RawFrame.text("\"" + "ä".repeat(LARGEST_FRAME / 2) + "\""));

        assertThat(bob.closeCode()).isEqualTo(1009);
    }

    @Test
    void closesOnAFrameOneByteTooLong() {
        bob.sends(RawFrame.text(ping(1, LARGEST_FRAME + 1)));

        assertThat(bob.closeCode()).isEqualTo(1009);
    }

    @Test
    void closesOnAFragmentedMessageOneByteTooLong() {
        String ping = ping(1, LARGEST_FRAME + 1);

        bob.sends(RawFrame.firstFragment(ping.substring(0, 40_000)), RawFrame.lastFragment(ping.substring(40_000)));

        assertThat(bob.closeCode()).isEqualTo(1009);
    }

    @Test
    void closesOnABinaryFrameOneByteTooLong() {
        bob.sends(RawFrame.of(FIN | BINARY, new byte[LARGEST_FRAME + 1]));

        assertThat(bob.closeCode()).isEqualTo(1009);
    }

    @Test
    void closesOnAFrameOfFiveMegabytes() {
        bob.sends(RawFrame.of(FIN | TEXT, new byte[100]).declaringLength(5_000_000));

        assertThat(bob.closeCode()).isEqualTo(1009);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, (1L << 31) - 1, 1L << 40, Long.MAX_VALUE})
    void closesOnAFrameThatDeclaresAHugeLength(long declared) {
        bob.sends(RawFrame.of(FIN | TEXT, new byte[10]).declaringLength(declared));

        assertThat(bob.closeCode()).isEqualTo(1009);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1})
    void closesOnALengthWithItsTopBitSet(long declared) {
        bob.sends(RawFrame.of(FIN | TEXT, new byte[10]).declaringLength(declared));

        assertThat(bob.closeCode()).isIn(1002, 1009);
    }

    @Test
    void closesOnAnUnmaskedFrame() {
        bob.sends(RawFrame.text(ping(1, 100)).unmasked());

        assertThat(bob.closeCode()).isIn(1002, 4002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "e28228", "eda080", "f4908080", "22c3", "f0288c28"})
    void closesOnInvalidUtf8(String hex) {
        bob.sends(RawFrame.of(FIN | TEXT, HexFormat.of().parseHex(hex)));

        assertThat(bob.closeCode()).isEqualTo(1007);
    }

    @Test
    void closesOnInvalidUtf8AcrossFragments() {
        bob.sends(RawFrame.of(TEXT, HexFormat.of().parseHex("22e282")), RawFrame.of(FIN | CONTINUATION, HexFormat.of().parseHex("2822")));

        assertThat(bob.closeCode()).isEqualTo(1007);
    }

    @Test
    void acceptsACharacterSplitAcrossFragments() {
        byte[] ping = "{\"id\":1,\"type\":\"ping\",\"ä\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int inTheMiddle = new String(ping, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('Ã') + 1;

        bob.sends(RawFrame.of(TEXT, java.util.Arrays.copyOf(ping, inTheMiddle)),
                RawFrame.of(FIN | CONTINUATION, java.util.Arrays.copyOfRange(ping, inTheMiddle, ping.length)));

        assertThat(bob.readsReply(1).refusal()).as("an unknown field, but valid UTF-8").isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x20, 0x10, 0x70})
    void closesOnReservedBits(int reserved) {
        bob.sends(RawFrame.of(FIN | reserved | TEXT, ping(1, 50).getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        assertThat(bob.closeCode()).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void closesOnAReservedOpcode(int opcode) {
        bob.sends(RawFrame.of(FIN | opcode, new byte[0]));

        assertThat(bob.closeCode()).isEqualTo(1002);
    }

    @Test
    void closesOnAContinuationWithoutAStart() {
        bob.sends(RawFrame.lastFragment("{}"));

        assertThat(bob.closeCode()).isEqualTo(1002);
    }

    @Test
    void closesOnANewMessageInsideAFragmentedOne() {
        bob.sends(RawFrame.firstFragment("{\"id\":1,"), RawFrame.text(ping(2, 50)));

        assertThat(bob.closeCode()).isEqualTo(1002);
    }

    @Test
    void closesOnAFragmentedControlFrame() {
        bob.sends(RawFrame.of(PING, new byte[0]));

        assertThat(bob.closeCode()).isEqualTo(1002);
    }

    @Test
    void closesOnAControlFrameOfMoreThan125Bytes() {
        bob.sends(RawFrame.of(FIN | PING, new byte[126]));

        assertThat(bob.closeCode()).isEqualTo(1002);
    }

    @Test
    void answersAPingBetweenFragments() {
        bob.sends(RawFrame.firstFragment("{\"id\":1,"), RawFrame.of(FIN | PING, new byte[] {4, 2}));
        RawFrame pong = bob.readsAfterPings();
        bob.sends(RawFrame.lastFragment("\"type\":\"ping\"}"));

        assertThat(pong.opcode()).isEqualTo(RawFrame.PONG);
        assertThat(pong.payload()).containsExactly(4, 2);
        assertThat(bob.readsReply(1).ok()).isEmpty();
    }

    @Test
    void answersTheClosingHandshake() {
        bob.sends(RawFrame.of(FIN | RawFrame.CLOSE, new byte[] {3, (byte) 0xe8}));

        assertThat(bob.closeCode()).isEqualTo(1000);
    }

    @Test
    void anIncompleteFrameDelaysNobody() {
        bob.sends(HexFormat.of().parseHex("81fe"));

        alice.posts("meanwhile");
        bystander.receives(posted("meanwhile"));
    }

    /** A ping command of that many bytes, padded with blanks. */
    private static String ping(long id, int bytes) {
        String ping = "{\"id\":" + id + ",\"type\":\"ping\"}";
        return ping + " ".repeat(bytes - ping.length());
    }
}
