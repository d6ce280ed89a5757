package parley.bot;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.rows;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Who made bots and tokens, and who asks bots. */
@ApplicationScoped
class PersonalBots implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                id("bot", "created_by"),
                stays("bot", "name", "Administrators named a program."),
                stays("bot", "picture", "It is a program's."),
                stays("bot", "description", "It describes a program."),
                id("bot_token", "created_by"),
                stays("bot_token", "name", "Administrators named a token."),
                stays("bot_token", "scopes", "It has names of scopes."),
                stays("slash_command", "name", "It is a command."),
                stays("slash_command", "description", "It describes a command."),
                stays("slash_command", "hint", "It describes a command."),
                stays("slash_command", "rooms", "It has ids of rooms."),
                rows("slash_call", "person"),
                text("slash_call", "form"));
    }
}
