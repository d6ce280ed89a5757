package parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.journal.LoggedFrame;
import parley.protocol.Change;
import parley.protocol.Codec;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;

/** What the frames of a removed message say about it. */
class RemovedMessageTest {

    private static final Instant AT = Instant.parse("2030-01-01T12:00:00Z");
    private static final MessageChange.Posted POSTED = new MessageChange.Posted("first", "k", 3, true, List.of("bob"), true, false);

    @Test
    void nothingIsLeftWithoutTheFrameThatPostedIt() {
        assertThat(RemovedMessage.of(4, List.of(), false)).isEmpty();
        assertThat(RemovedMessage.of(4, List.of(frame(5, new MessageChange.Edited(4, "second", List.of(), false))), false)).isEmpty();
    }

    @Test
    void aMessageThatWasNeverEditedComesBackAsItWasPosted() {
        assertThat(RemovedMessage.of(4, List.of(frame(4, POSTED)), true)).contains(new RemovedMessage(new MessageChange.Restored(4, "first",
                3, true, List.of("bob"), true, false, List.of(), Optional.empty(), Optional.empty(), List.of()), true));
    }

    @Test
    void theLastTextComesBackWithItsTimeAndAllFormerTexts() {
        List<LoggedFrame> frames = List.of(frame(4, POSTED), frame(6, new MessageChange.Edited(4, "second", List.of("bob"), false)),
                frame(9, new MessageChange.Edited(4, "third", List.of(), false)));
        assertThat(restored(frames)).isEqualTo(new MessageChange.Restored(4, "third", 3, true, List.of(), true, false, List.of(),
                Optional.empty(), Optional.of(AT.plusSeconds(9)), List.of(6L, 9L)));
    }

    @Test
    void aMessageIsRemovedAndComesBackASecondTime() {
        MessageChange.Restored first = restored(List.of(frame(4, POSTED),
                frame(6, new MessageChange.Edited(4, "second", List.of(), false))));
        List<LoggedFrame> again = List.of(frame(4, POSTED), frame(6, new MessageChange.Edited(4, "second", List.of(), false)),
                frame(20, first));
        assertThat(restored(again)).isEqualTo(new MessageChange.Restored(4, "second", 3, true, List.of(), true, false, List.of(),
                Optional.empty(), Optional.of(AT.plusSeconds(6)), List.of(6L, 20L)));
    }

    private static MessageChange.Restored restored(List<LoggedFrame> frames) {
        return RemovedMessage.of(4, frames, false).orElseThrow().restored();
    }

    private static LoggedFrame frame(long offset, Change change) {
        return new LoggedFrame(offset, Codec.encode(new RoomEvent("plaza", offset, AT.plusSeconds(offset), new User("carol", "Carol"),
                change)));
    }
}
