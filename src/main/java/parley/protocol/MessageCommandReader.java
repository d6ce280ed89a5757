package parley.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** From the fields of a frame to a {@link MessageCommand}. */
final class MessageCommandReader {

    static final Map<String, BiFunction<Long, Fields, Command>> READERS = Map.of(
            MessageCommand.Post.TYPE, MessageCommandReader::post,
            MessageCommand.Edit.TYPE, MessageCommandReader::edit,
            MessageCommand.Delete.TYPE, (id, fields) -> new MessageCommand.Delete(id, fields.room("room"), message(fields)),
            MessageCommand.AddReaction.TYPE,
            (id, fields) -> new MessageCommand.AddReaction(id, fields.room("room"), message(fields), fields.reaction("emoji")),
            MessageCommand.RemoveReaction.TYPE,
            (id, fields) -> new MessageCommand.RemoveReaction(id, fields.room("room"), message(fields), fields.reaction("emoji")),
            MessageCommand.Pin.TYPE, (id, fields) -> new MessageCommand.Pin(id, fields.room("room"), message(fields)),
            MessageCommand.Unpin.TYPE, (id, fields) -> new MessageCommand.Unpin(id, fields.room("room"), message(fields)),
            MessageCommand.Unpreview.TYPE, (id, fields) -> new MessageCommand.Unpreview(id, fields.room("room"), message(fields),
                    fields.line("url", Links.LONGEST)));

    private static final int MOST_MENTIONS = 50;
    private static final int LONGEST_KEY = 64;

    private MessageCommandReader() {
    }

    private static MessageCommand post(long id, Fields fields) {
        String room = fields.room("room");
        String key = fields.line("key", LONGEST_KEY);
        List<String> files = files(fields);
        String text = text(fields, files);
        long thread = fields.number("thread", 1, 0);
        boolean also = fields.flag("also", false);
        if (also && thread == 0) {
            fields.wrong(Problem.badRequest("`also` needs `thread`."));
        }
        return new MessageCommand.Post(id, room, key, text, thread, also, mentions(fields), fields.flag("everyone", false),
                files, Form.read(fields));
    }

    private static MessageCommand edit(long id, Fields fields) {
        List<String> files = files(fields);
        return new MessageCommand.Edit(id, fields.room("room"), message(fields), text(fields, files),
                fields.has("mentions") ? Optional.of(mentions(fields)) : Optional.empty(),
                fields.has("files") ? Optional.of(files) : Optional.empty());
    }

    private static long message(Fields fields) {
        return fields.number("message", 1);
    }

    private static List<String> mentions(Fields fields) {
        return fields.lines("mentions", MOST_MENTIONS, TextRules.LONGEST_USER);
    }

    private static String text(Fields fields, List<String> files) {
        return files.isEmpty() ? fields.text("text", Codec.LONGEST_TEXT) : fields.textOrNone("text", Codec.LONGEST_TEXT);
    }

    private static List<String> files(Fields fields) {
        return fields.lines("files", AttachedFile.MOST, AttachedFile.LONGEST_ID);
    }
}
