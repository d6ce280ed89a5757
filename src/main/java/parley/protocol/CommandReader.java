package parley.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From a frame's fields to a {@link Command}: shapes and sizes, nothing else. */
final class CommandReader {

    private static final Map<String, BiFunction<Long, Fields, Command>> READERS =
            Stream.of(RoomCommandReader.READERS, MessageCommandReader.READERS, ReadCommandReader.READERS, WatchCommandReader.READERS,
                            ConnectionCommandReader.READERS, DocumentCommandReader.READERS, CallCommandReader.READERS,
                            SlashCommandReader.READERS)
                    .flatMap(family -> family.entrySet().stream())
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** The commands that need no id, because clients send them often and can do without the reply. */
    private static final Set<String> WITHOUT_REPLY = Set.of(ConnectionCommand.Typing.TYPE, WatchCommand.Read.TYPE,
            DocumentCommand.Aware.TYPE, CallCommand.Signal.TYPE);

    private CommandReader() {
    }

    static Inbound read(ObjectNode json) {
        Fields fields = new Fields(json);
        String type = fields.string("type");
        long id = WITHOUT_REPLY.contains(type) ? fields.number("id", 1, 0) : fields.number("id", 1);
        Command command = command(type, id, fields);
        Optional<Problem> problem = fields.problem();
        return problem.isPresent() ? new BrokenFrame(readableId(json), problem.get()) : command;
    }

    private static Command command(String type, long id, Fields fields) {
        BiFunction<Long, Fields, Command> reader = READERS.get(type);
        if (reader == null) {
            fields.wrong(Problem.badRequest("Unknown command type."));
            return new ConnectionCommand.Ping(id);
        }
        return reader.apply(id, fields);
    }

    // The reply to a broken frame carries its id if the id is valid, so that the client knows which command failed.
    private static long readableId(ObjectNode json) {
        JsonNode id = json.get("id");
        boolean sound = id != null && id.isIntegralNumber() && id.canConvertToLong()
                && id.longValue() >= 1 && id.longValue() <= Fields.LARGEST_NUMBER;
        return sound ? id.longValue() : 0;
    }
}
