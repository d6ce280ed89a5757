package parley.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A slash command that a bot offers; see {@link Parley#serve}.
 *
 * @param name what people type after the slash: a lower-case letter, and up to 31 letters, digits, hyphens and underscores after it
 * @param description what it does, in 1 to 100 characters
 * @param hint of what people may type after the name; may be empty
 * @param rooms ids of the rooms that offer it; empty for all rooms of the bot
 */
public record SlashCommand(String name, String description, String hint, List<String> rooms) {

    public SlashCommand {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(hint, "hint");
        rooms = List.copyOf(rooms);
    }

    /** A command in all rooms of the bot. */
    public static SlashCommand of(String name, String description, String hint) {
        return new SlashCommand(name, description, hint, List.of());
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new HashMap<>(Map.of("name", name, "description", description));
        if (!hint.isEmpty()) {
            fields.put("hint", hint);
        }
        if (!rooms.isEmpty()) {
            fields.put("rooms", rooms);
        }
        return fields;
    }
}
