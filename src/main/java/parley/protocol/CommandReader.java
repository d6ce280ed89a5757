package parley.protocol;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From a frame's fields to a {@link Command}: shapes and sizes, nothing else. */
final class CommandReader {

    private static final int MOST_MENTIONS = 50;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_EPOCH = 64;

    private CommandReader() {
    }

    static Inbound read(ObjectNode json) {
        Fields fields = new Fields(json);
        String type = fields.string("type");
        long id = type.equals(Command.Typing.TYPE) ? fields.number("id", 1, 0) : fields.number("id", 1);
        Command command = command(type, id, fields);
        Optional<Problem> problem = fields.problem();
        return problem.isPresent() ? new BrokenFrame(readableId(json), problem.get()) : command;
    }

    private static Command command(String type, long id, Fields fields) {
        return switch (type) {
            case Command.Subscribe.TYPE -> subscribe(id, fields);
            case Command.Unsubscribe.TYPE -> new Command.Unsubscribe(id, fields.room("room"));
            case Command.JoinRoom.TYPE -> new Command.JoinRoom(id, fields.room("room"));
            case Command.LeaveRoom.TYPE -> new Command.LeaveRoom(id, fields.room("room"));
            case Command.PostMessage.TYPE -> post(id, fields);
            case Command.ReadHistory.TYPE -> new Command.ReadHistory(id, fields.room("room"), HistoryPage.of(fields));
            case Command.Typing.TYPE -> new Command.Typing(id, fields.room("room"), fields.flag("on"));
            case Command.RefreshToken.TYPE -> new Command.RefreshToken(id, fields.line("token", Command.RefreshToken.LONGEST_TOKEN));
            case Command.Ping.TYPE -> new Command.Ping(id);
            default -> {
                fields.wrong(Problem.badRequest("Unknown command type."));
                yield new Command.Ping(id);
            }
        };
    }

    private static Command subscribe(long id, Fields fields) {
        String room = fields.room("room");
        int last = (int) fields.number("last", 0, HistoryPage.LARGEST, -1);
        if (!fields.has("since")) {
            return new Command.Subscribe(id, room, Optional.empty(), last);
        }
        Fields since = fields.object("since");
        Position position = new Position(since.line("epoch", LONGEST_EPOCH), since.number("offset", 0));
        since.problem().ifPresent(fields::wrong);
        if (last >= 0) {
            fields.wrong(Problem.badRequest("`since` and `last` can't be combined."));
        }
        return new Command.Subscribe(id, room, Optional.of(position), last);
    }

    private static Command post(long id, Fields fields) {
        String room = fields.room("room");
        String key = fields.line("key", LONGEST_KEY);
        String text = fields.text("text", Codec.LONGEST_TEXT);
        if (!fields.lines("files", 0, 0).isEmpty()) {
            fields.wrong(Problem.badRequest("`files` must be empty."));
        }
        return new Command.PostMessage(id, room, key, text, fields.number("thread", 1, 0),
                fields.lines("mentions", MOST_MENTIONS, TextRules.LONGEST_USER));
    }

    // The reply to a broken frame carries its id if the id is valid, so that the client knows which command failed.
    private static long readableId(ObjectNode json) {
        JsonNode id = json.get("id");
        boolean sound = id != null && id.isIntegralNumber() && id.canConvertToLong()
                && id.longValue() >= 1 && id.longValue() <= Fields.LARGEST_NUMBER;
        return sound ? id.longValue() : 0;
    }
}
