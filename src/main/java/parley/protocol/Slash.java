package parley.protocol;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * A slash command that a bot offers.
 *
 * @param name what people type after the slash
 * @param description what it does, in one line
 * @param hint of what people may type after the name; may be empty
 * @param rooms the rooms in which it is offered; empty for all rooms that have the bot as a member
 */
public record Slash(String name, String description, String hint, List<String> rooms) {

    /** The most slash commands of a bot. */
    public static final int MOST = 50;
    private static final int LONGEST_LINE = 100;
    private static final int MOST_ROOMS = 100;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    /** A slash command with the bot that offers it. */
    public record Offered(Slash slash, User bot) {}

    /** Whether a slash command may have this name. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static Slash read(Fields json) {
        String name = name(json, "name");
        String description = json.line("description", LONGEST_LINE);
        String hint = json.has("hint") ? json.lineOrNone("hint", LONGEST_LINE) : "";
        List<String> rooms = json.lines("rooms", MOST_ROOMS, 64);
        if (!rooms.stream().allMatch(Fields::isRoomId)) {
            json.wrong(Problem.badRequest("`rooms` must be ids of rooms."));
        }
        return new Slash(name, description, hint, rooms);
    }

    static String name(Fields json, String field) {
        String name = json.string(field);
        if (!isName(name)) {
            json.wrong(Problem.badRequest("`" + field + "` must be a lower-case letter, and up to 31 letters, digits, _ or - after it."));
        }
        return name;
    }

    static void write(JsonGenerator json, Offered offered) {
        json.writeStartObject();
        json.writeStringProperty("name", offered.slash.name());
        json.writeStringProperty("description", offered.slash.description());
        if (!offered.slash.hint().isEmpty()) {
            json.writeStringProperty("hint", offered.slash.hint());
        }
        FrameWriter.user(json, "by", offered.bot);
        json.writeEndObject();
    }
}
