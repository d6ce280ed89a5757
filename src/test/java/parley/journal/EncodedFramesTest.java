package parley.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.protocol.Frame;

class EncodedFramesTest {

    private static final byte[] CONTENT = "?{\"text\":\"ä\"}!{\"type\":\"member.joined\"}?".getBytes(StandardCharsets.UTF_8);

    private final EncodedFrames frames = new EncodedFrames(7, CONTENT, new int[] {1, 15}, new int[] {13, 24});

    @Test
    void hasNoFrameBeyondItsSize() {
        assertThat(frames).hasSize(2);
        assertThatThrownBy(() -> frames.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> frames.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void decodesAFrameWhenItIsNeeded() {
        assertThat(frames.decoded()).isZero();
        assertThat(frames.get(1)).isEqualTo(new LoggedFrame(8, new Frame("{\"type\":\"member.joined\"}")));
        assertThat(frames.decoded()).isOne();
        assertThat(List.copyOf(frames)).first().isEqualTo(new LoggedFrame(7, new Frame("{\"text\":\"ä\"}")));
        assertThat(frames.decoded()).isEqualTo(2);
    }

    @Test
    void findsAWordWithoutDecoding() {
        assertThat(EncodedFrames.contain(frames, "member.joined")).isTrue();
        assertThat(EncodedFrames.contain(frames, "member.left")).isFalse();
        assertThat(EncodedFrames.contain(frames, "!")).as("between the frames").isFalse();
        assertThat(EncodedFrames.contain(frames, "?")).as("before and after the frames").isFalse();
        assertThat(EncodedFrames.contain(frames, "}")).as("at the end of a frame").isTrue();
        assertThat(frames.decoded()).isZero();
        assertThat(EncodedFrames.contain(List.copyOf(frames), "member.joined")).isTrue();
    }
}
