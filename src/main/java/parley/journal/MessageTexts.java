package parley.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import parley.protocol.Codec;
import parley.protocol.LinkPreview;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;

/** Reads a message from its frames in the log: the one that posted it, the one that changed it last, and the one with its previews. */
public final class MessageTexts {

    /** The SQL of the frames of the row {@code e} of table {@code room_event}: {@code frame}, {@code edit} and {@code preview}. */
    public static final String FRAMES = """
            e.frame, (select v.frame from message_version w join room_event v on v.room = w.room and v.log_offset = w.log_offset
                where w.room = e.room and w.message_offset = e.log_offset order by w.log_offset desc limit 1) edit,
            (select v.frame from message_preview w join room_event v on v.room = w.room and v.log_offset = w.log_offset
                where w.room = e.room and w.message_offset = e.log_offset) preview""";

    private MessageTexts() {
    }

    /**
     * A message as it is now.
     *
     * @param posted with the present text and mentions
     * @param edited the event that changed it last; null if none did
     * @param previews of its links
     */
    public record Latest(RoomEvent event, MessageChange.Posted posted, RoomEvent edited, List<LinkPreview> previews) {}

    /** Reads the columns of {@link #FRAMES}. The row is that of a post. */
    public static Latest read(ResultSet row) throws SQLException {
        RoomEvent event = Codec.decodeEvent(row.getString("frame"));
        MessageChange.Posted posted = (MessageChange.Posted) event.change();
        String edit = row.getString("edit");
        RoomEvent edited = edit == null ? null : Codec.decodeEvent(edit);
        if (edited != null && !posted.deleted() && edited.change() instanceof MessageChange.Restored restored && !restored.deleted()) {
            return restored(event, posted.key(), edited, restored, previews(row));
        }
        if (edited == null || posted.deleted() || !(edited.change() instanceof MessageChange.Edited latest) || latest.deleted()) {
            return new Latest(event, posted, null, previews(row));
        }
        return new Latest(event, new MessageChange.Posted(latest.text(), posted.key(), posted.thread(), posted.also(), latest.mentions(),
                posted.everyone(), false, latest.files()), edited, previews(row));
    }

    private static Latest restored(RoomEvent event, String key, RoomEvent at, MessageChange.Restored restored, List<LinkPreview> previews) {
        RoomEvent edited = restored.edited().map(time -> new RoomEvent(at.room(), at.offset(), time, event.by(), restored)).orElse(null);
        return new Latest(event, new MessageChange.Posted(restored.text(), key, restored.thread(), restored.also(), restored.mentions(),
                restored.everyone(), false, restored.files(), restored.form()), edited, previews);
    }

    private static List<LinkPreview> previews(ResultSet row) throws SQLException {
        String frame = row.getString("preview");
        return frame == null ? List.of() : switch (Codec.decodeEvent(frame).change()) {
            case MessageChange.Edited edited -> edited.previews();
            case MessageChange.Previewed previewed -> previewed.previews();
            default -> List.of();
        };
    }
}
