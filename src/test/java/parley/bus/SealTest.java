package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final String TEXT = "a message in a private room";

    private final UUID incarnation = UUID.randomUUID();
    private final Sealer sealer = new Sealer(secret(1), incarnation);
    private final Unsealer unsealer = new Unsealer(secret(1));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 24, 25, 40})
    void refusesAMessageThatIsTooShort(int length) {
        assertThat(unsealer.open(new byte[length])).isEqualTo(new Unsealed.Refused(Refusal.UNKNOWN_FORMAT));
    }

    @Test
    void refusesAnotherVersion() {
        byte[] message = sealed(TEXT);
        message[0]++;
        assertThat(unsealer.open(message)).isEqualTo(new Unsealed.Refused(Refusal.UNKNOWN_FORMAT));
    }

    @Test
    void refusesAMessageSealedWithAnotherKey() {
        byte[] message = new Sealer(secret(2), incarnation).seal(bytes(TEXT));
        assertThat(unsealer.open(message)).isEqualTo(new Unsealed.Refused(Refusal.FORGED));
        byte[] zeros = new byte[200];
        zeros[0] = Seal.VERSION;
        assertThat(unsealer.open(zeros)).isEqualTo(new Unsealed.Refused(Refusal.FORGED));
    }

    @Test
    void refusesAMessageWithAnyBitFlipped() {
        byte[] message = sealed(TEXT);
        for (int bit = 8; bit < message.length * 8; bit++) {
            byte[] changed = message.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(unsealer.open(changed)).as("bit " + bit).isEqualTo(new Unsealed.Refused(Refusal.FORGED));
        }
    }

    @Test
    void refusesATruncatedOrExtendedMessage() {
        byte[] message = sealed(TEXT);
        for (int length = Seal.OVERHEAD; length < message.length; length++) {
            assertThat(unsealer.open(Arrays.copyOf(message, length))).as(length + " bytes").isEqualTo(new Unsealed.Refused(Refusal.FORGED));
        }
        assertThat(unsealer.open(Arrays.copyOf(message, message.length + 1))).isEqualTo(new Unsealed.Refused(Refusal.FORGED));
    }

    @Test
    void refusesAMessageUnderAnotherNumber() {
        byte[] first = sealed(TEXT);
        byte[] second = sealed(TEXT);
        System.arraycopy(second, 0, first, 0, Seal.HEADER);
        assertThat(unsealer.open(first)).isEqualTo(new Unsealed.Refused(Refusal.FORGED));
    }

    @Test
    void refusesOneByteTooMany() {
        byte[] largest = new byte[Unsealer.MAX_BYTES];
        assertThat(unsealer.open(largest)).isEqualTo(new Unsealed.Refused(Refusal.UNKNOWN_FORMAT));
        assertThat(unsealer.open(Arrays.copyOf(largest, Unsealer.MAX_BYTES + 1))).isEqualTo(new Unsealed.Refused(Refusal.TOO_LARGE));
    }

    @Test
    void hidesTheTextAndNeverSealsItTwiceAlike() {
        byte[] message = sealed(TEXT);
        assertThat(new String(message, StandardCharsets.ISO_8859_1)).doesNotContain("private");
        assertThat(Arrays.copyOfRange(sealed(TEXT), Seal.HEADER, message.length))
                .isNotEqualTo(Arrays.copyOfRange(message, Seal.HEADER, message.length));
    }

    @Test
    void opensWithTheKey() {
        for (long number = 1; number <= 3; number++) {
            assertThat(unsealer.open(sealed(TEXT))).isEqualTo(new Unsealed.Message(incarnation, number, bytes(TEXT)));
        }
    }

    private byte[] sealed(String text) {
        return sealer.seal(bytes(text));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] secret(long seed) {
        byte[] secret = new byte[32];
        new Random(seed).nextBytes(secret);
        return secret;
    }
}
