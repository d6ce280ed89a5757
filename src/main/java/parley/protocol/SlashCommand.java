package parley.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command about the slash commands of bots. */
public sealed interface SlashCommand extends Command {

    /** Offer these slash commands of the calling bot, and no others. */
    record Register(long id, List<Slash> commands) implements SlashCommand {
        public static final String TYPE = "slash.register";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** List the slash commands that a room offers. */
    record Listing(long id, String room) implements SlashCommand {
        public static final String TYPE = "slash.list";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Give a slash command to its bot.
     *
     * @param command its name
     * @param text what the person typed after the name; may be empty
     */
    record Run(long id, String room, String command, String text) implements SlashCommand {
        public static final String TYPE = "slash.run";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Press a button below a message or a private answer.
     *
     * @param message the offset of the message; 0 if it is an answer
     * @param call of the answer; empty if it is a message
     * @param values what the person entered, by the name of the field
     */
    record Press(long id, String room, long message, String call, String action, Map<String, String> values) implements SlashCommand {
        public static final String TYPE = "slash.press";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Answer the person of a call, and nobody else. */
    record Answer(long id, String call, String text, Optional<Form> form) implements SlashCommand {
        public static final String TYPE = "slash.answer";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
