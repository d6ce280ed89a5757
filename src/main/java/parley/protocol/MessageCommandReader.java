package parley.protocol;

import java.util.Map;
import java.util.function.BiFunction;

/** From the fields of a frame to a {@link MessageCommand}. */
final class MessageCommandReader {

    static final Map<String, BiFunction<Long, Fields, Command>> READERS = Map.of(
            MessageCommand.Post.TYPE, MessageCommandReader::post);

    private static final int MOST_MENTIONS = 50;
    private static final int LONGEST_KEY = 64;

    private MessageCommandReader() {
    }

    private static MessageCommand post(long id, Fields fields) {
        String room = fields.room("room");
        String key = fields.line("key", LONGEST_KEY);
        String text = fields.text("text", Codec.LONGEST_TEXT);
        if (!fields.lines("files", 0, 0).isEmpty()) {
            fields.wrong(Problem.badRequest("`files` must be empty."));
        }
        return new MessageCommand.Post(id, room, key, text, fields.number("thread", 1, 0),
                fields.lines("mentions", MOST_MENTIONS, TextRules.LONGEST_USER));
    }
}
