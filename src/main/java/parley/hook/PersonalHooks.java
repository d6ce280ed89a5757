package parley.hook;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Who made webhooks. */
@ApplicationScoped
class PersonalHooks implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                id("incoming_hook", "created_by"),
                text("incoming_hook", "name"),
                stays("incoming_hook", "secret", "It is of a program."),
                stays("webhook", "url", "It is the address of a program."),
                stays("webhook", "secret", "It is of a program."),
                stays("webhook", "former", "It is of a program."));
    }
}
