package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WriteBatchTest {

    private static final byte[][] FRAMES = {{1, 2}, {3}};

    @Test
    void framesAreWrittenTogetherAndThenWiped() {
        WriteBatch batch = new WriteBatch();
        assertThat(batch.take(FRAMES, 2)).isEqualTo(2);
        byte[] bytes = batch.bytes();
        assertThat(Arrays.copyOf(bytes, batch.length())).containsExactly(1, 2, 3);
        batch.written();
        assertThat(bytes).containsOnly(0);
    }

    @Test
    void aSingleFrameStaysForOtherConnections() {
        WriteBatch batch = new WriteBatch();
        batch.take(FRAMES, 1);
        assertThat(batch.bytes()).isSameAs(FRAMES[0]);
        batch.written();
        assertThat(FRAMES[0]).containsExactly(1, 2);
    }
}
