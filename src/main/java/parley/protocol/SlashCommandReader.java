package parley.protocol;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** From the fields of a frame to a {@link SlashCommand}. */
final class SlashCommandReader {

    private static final int LONGEST_NAME = 64;

    static final Map<String, BiFunction<Long, Fields, Command>> READERS = Map.of(
            SlashCommand.Register.TYPE, SlashCommandReader::register,
            SlashCommand.Listing.TYPE, (id, fields) -> new SlashCommand.Listing(id, fields.room("room")),
            SlashCommand.Run.TYPE, (id, fields) -> new SlashCommand.Run(id, fields.room("room"), Slash.name(fields, "command"),
                    fields.has("text") ? fields.textOrNone("text", Codec.LONGEST_TEXT) : ""),
            SlashCommand.Press.TYPE, SlashCommandReader::press,
            SlashCommand.Answer.TYPE, (id, fields) -> new SlashCommand.Answer(id, fields.line("call", LONGEST_NAME),
                    fields.text("text", Codec.LONGEST_TEXT), Form.read(fields)));

    private SlashCommandReader() {
    }

    private static SlashCommand register(long id, Fields fields) {
        if (!fields.has("commands")) {
            fields.wrong(Problem.badRequest("`commands` must be a list of objects."));
        }
        List<Fields> each = fields.objects("commands", Slash.MOST);
        List<Slash> commands = each.stream().map(Slash::read).toList();
        each.forEach(one -> one.problem().ifPresent(fields::wrong));
        if (commands.stream().map(Slash::name).distinct().count() < commands.size()) {
            fields.wrong(Problem.badRequest("Two slash commands can't have one name."));
        }
        return new SlashCommand.Register(id, commands);
    }

    private static SlashCommand press(long id, Fields fields) {
        long message = fields.number("message", 1, 0);
        String call = fields.has("call") ? fields.line("call", LONGEST_NAME) : "";
        if (call.isEmpty() == (message == 0)) {
            fields.wrong(Problem.badRequest("Name either the `message` or the `call` of the answer."));
        }
        return new SlashCommand.Press(id, fields.room("room"), message, call, fields.line("action", LONGEST_NAME),
                fields.strings("values", Form.MOST_FIELDS, Form.LONGEST_VALUE));
    }
}
