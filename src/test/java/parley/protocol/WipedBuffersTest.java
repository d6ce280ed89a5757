package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.databind.json.JsonMapper;

class WipedBuffersTest {

    private static final int KINDS = 4;

    @Test
    void buffersKeepNothingOfWhatWasReadAndWritten() {
        WipedBuffers pool = new WipedBuffers();
        JsonMapper json = new JsonMapper(JsonFactory.builder().recyclerPool(pool).build());
        String text = json.writeValueAsString(Map.of("text", "a secret"));
        assertThat(json.readTree(text)).isEqualTo(json.readTree(json.writeValueAsBytes(Map.of("text", "a secret"))));

        assertThat(pool.pooledCount()).as("the buffers were given back").isPositive();
        while (pool.pooledCount() > 0) {
            BufferRecycler buffers = pool.acquirePooled();
            for (int kind = 0; kind < KINDS; kind++) {
                assertThat(buffers.allocCharBuffer(kind)).as("characters %d", kind).containsOnly('\0');
                assertThat(buffers.allocByteBuffer(kind)).as("bytes %d", kind).containsOnly((byte) 0);
            }
        }
    }
}
