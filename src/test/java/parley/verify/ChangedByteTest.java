package parley.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangedByteTest {

    private final Random random = new Random(7);
    private final byte[] salt = bytes(Opening.SALT);

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Optional<ChangedByte> find(byte[] sealed, byte[] stored) {
        byte[] opening = Opening.of(salt, sealed);
        StoredEvent event = new StoredEvent(7, 1, "message.posted", "alice", stored);
        return ChangedByte.find(event, opening, Leaf.of(event.with(sealed), opening));
    }

    @Test
    void namesEachByteThatWasReplaced() {
        byte[] sealed = bytes(300);
        for (int place = 0; place < sealed.length; place++) {
            byte[] stored = sealed.clone();
            stored[place] ^= (byte) (1 + random.nextInt(255));
            assertThat(find(sealed, stored)).contains(
                    new ChangedByte(place, Optional.of(sealed[place]), Optional.of(stored[place])));
        }
    }

    @Test
    void namesTheLastByteOfTheLongestFrame() {
        byte[] sealed = bytes(400_000);
        byte[] stored = sealed.clone();
        stored[sealed.length - 1]++;
        assertThat(find(sealed, stored).orElseThrow().place()).isEqualTo(sealed.length - 1);
    }

    @Test
    void namesAByteThatWasAddedOrRemoved() {
        byte[] shorter = "{\"text\":\"I owe you 10\"}".getBytes(StandardCharsets.UTF_8);
        byte[] longer = "{\"text\":\"I owe you 1x0\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(find(shorter, longer).orElseThrow()).hasToString("byte 20 of the frame was added: 0x78 (x)");
        assertThat(find(longer, shorter).orElseThrow()).hasToString("byte 20 of the frame was removed: 0x78 (x)");
    }

    @Test
    void namesEachByteThatWasAddedOrRemoved() {
        byte[] longer = bytes(300);
        for (int place = 0; place < longer.length; place++) {
            byte[] shorter = new byte[longer.length - 1];
            System.arraycopy(longer, 0, shorter, 0, place);
            System.arraycopy(longer, place + 1, shorter, place, shorter.length - place);
            assertThat(find(longer, shorter)).map(ChangedByte::was).contains(Optional.of(longer[place]));
            assertThat(find(shorter, longer)).map(ChangedByte::is).contains(Optional.of(longer[place]));
        }
    }

    @Test
    void namesNoByteIfSeveralDiffer() {
        byte[] sealed = bytes(100);
        byte[] stored = sealed.clone();
        stored[3]++;
        stored[90]++;
        assertThat(find(sealed, stored)).isEmpty();
        stored[90] -= 2;
        assertThat(find(sealed, stored)).isEmpty();
        assertThat(find(sealed, bytes(50))).isEmpty();
        assertThat(find(sealed, new byte[0])).isEmpty();
    }
}
