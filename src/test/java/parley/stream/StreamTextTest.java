package parley.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.protocol.Framing;
import parley.protocol.Position;

/** Frames as server-sent events. */
class StreamTextTest {

    private static final String HELLO = "{\"type\":\"hello\",\"session\":\"s\"}";
    private static final String SUBSCRIBED = "{\"re\":1,\"ok\":{\"room\":\"general\",\"epoch\":\"e-1\",\"offset\":44,\"recovered\":%s}}";
    private static final String POSTED = "{\"type\":\"message.posted\",\"room\":\"general\",\"offset\":45,\"at\":\"t\",\"text\":\"%s\"}";

    private final StreamText text = new StreamText(false, Optional.empty());
    private final StreamText numbered = new StreamText(true, Optional.of(new Position("e-1", 40)));

    @Test
    void eachFrameIsTheDataOfOneEventWhateverItsLength() {
        for (String frame : new String[] {HELLO, POSTED.formatted("€".repeat(100)), POSTED.formatted("x".repeat(70_000))}) {
            assertThat(text(text, Framing.text(frame))).isEqualTo("data: " + frame + "\n\n");
        }
    }

    @Test
    void severalFramesOfOneWriteAreSeveralEvents() {
        assertThat(text(text, Framing.text(HELLO), Framing.ping(), Framing.text("{}")))
                .isEqualTo("data: " + HELLO + "\n\n:\n\ndata: {}\n\n");
    }

    @Test
    void aCloseSaysWhyUnlessItIsANormalEnd() {
        assertThat(text(text, Framing.close(1000, ""))).isEmpty();
        assertThat(text(text, Framing.close(4001, "a \"reason\""))).isEqualTo(
                "event: close\ndata: {\"type\":\"close\",\"code\":4001,\"reason\":\"a \\\"reason\\\"\"}\n\n");
    }

    @Test
    void aRestartSaysWhenAnEventSourceComesBack() {
        assertThat(text(text, Framing.close(1012, "{\"after\":1500}"))).startsWith("retry: 1500\nevent: close\n");
    }

    @Test
    void anEventHasItsPositionAsIdOnlyInAStreamOfOneRoom() {
        text(numbered, Framing.text(SUBSCRIBED.formatted(true)));
        assertThat(text(numbered, Framing.text(POSTED.formatted("a")))).startsWith("id: e-1:45\ndata: {");
        text(text, Framing.text(SUBSCRIBED.formatted(true)));
        assertThat(text(text, Framing.text(POSTED.formatted("a")))).startsWith("data: {");
    }

    @Test
    void aReplyHasThePositionThatItsEventsFollow() {
        assertThat(text(numbered, Framing.text(SUBSCRIBED.formatted(true)))).startsWith("id: e-1:40\n");
        assertThat(text(new StreamText(true, Optional.of(new Position("other", 7))), Framing.text(SUBSCRIBED.formatted(false))))
                .startsWith("id: e-1:44\n");
    }

    // What people write can't look like the beginning of a frame.
    @Test
    void textNeverBecomesAnId() {
        text(numbered, Framing.text(SUBSCRIBED.formatted(true)));
        String typing = "{\"type\":\"typing\",\"room\":\"general\",\"by\":{\"id\":"
                + "\"{\\\"type\\\":\\\"a\\\",\\\"room\\\":\\\"a\\\",\\\"offset\\\":9,\"}}";
        assertThat(text(numbered, Framing.text(typing))).isEqualTo("data: " + typing + "\n\n");
    }

    @Test
    void notesRepliesAndWhetherAnythingWasMissed() {
        text(text, Framing.text(HELLO), Framing.text(SUBSCRIBED.formatted(true)), Framing.text("{\"re\":2,\"ok\":{\"rooms\":[]}}"));
        assertThat(text.replies()).isEqualTo(2);
        assertThat(text.hasMissed()).isFalse();
        assertThat(text.hasEvents()).isFalse();
        text(text, Framing.text(SUBSCRIBED.formatted(false)));
        assertThat(text.hasMissed()).isTrue();
        assertThat(text.hasEnded()).isFalse();
    }

    @Test
    void notesARefusalAsMissedAndAsAnEnd() {
        text(text, Framing.text("{\"re\":1,\"error\":{\"code\":\"not_found\"}}"));
        assertThat(text.hasMissed()).isTrue();
        assertThat(text.hasEnded()).isTrue();
    }

    @Test
    void typingAndPresenceAreNoEventsToWaitFor() {
        text(text, Framing.text("{\"type\":\"typing\",\"room\":\"general\"}"),
                Framing.text("{\"type\":\"presence\",\"room\":\"general\"}"));
        assertThat(text.hasEvents()).isFalse();
        text(text, Framing.text("{\"type\":\"activity\",\"room\":\"general\"}"));
        assertThat(text.hasEvents()).isTrue();
    }

    @Test
    void notesTheEndOfASubscription() {
        text(text, Framing.text("{\"type\":\"unsubscribed\",\"room\":\"general\"}"));
        assertThat(text.hasEnded()).isTrue();
    }

    private static String text(StreamText to, byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        // The flusher's array is longer than what is in it.
        int count = all.size();
        all.writeBytes(new byte[100]);
        return new String(to.of(all.toByteArray(), count), StandardCharsets.UTF_8);
    }
}
