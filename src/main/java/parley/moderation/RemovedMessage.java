package parley.moderation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.journal.LoggedFrame;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;

/**
 * A removed message as it was.
 *
 * @param restored the event that brings it back
 * @param pinned whether it was pinned
 */
record RemovedMessage(MessageChange.Restored restored, boolean pinned) {

    /**
     * The message whose kept frames these are.
     *
     * @param frames the one that posted it, and those with its later texts, in the order of the log
     */
    static Optional<RemovedMessage> of(long message, List<LoggedFrame> frames, boolean pinned) {
        MessageChange.Restored now = null;
        List<Long> versions = new ArrayList<>();
        for (LoggedFrame frame : frames) {
            RoomEvent event = frame.event();
            now = switch (event.change()) {
                case MessageChange.Posted posted -> new MessageChange.Restored(message, posted.text(), posted.thread(), posted.also(),
                        posted.mentions(), posted.everyone(), false, posted.files(), posted.form(), Optional.empty(), List.of());
                case MessageChange.Edited edited -> now == null ? null : new MessageChange.Restored(message, edited.text(), now.thread(),
                        now.also(), edited.mentions(), now.everyone(), false, edited.files(), Optional.empty(), Optional.of(event.at()),
                        List.of());
                case MessageChange.Restored before -> before;
                default -> now;
            };
            if (frame.offset() != message) {
                versions.add(frame.offset());
            }
        }
        return Optional.ofNullable(now).map(last -> new RemovedMessage(new MessageChange.Restored(message, last.text(), last.thread(),
                last.also(), last.mentions(), last.everyone(), false, last.files(), last.form(), last.edited(), List.copyOf(versions)),
                pinned));
    }
}
