package parley.application;

import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What applications ask for. A row is there for the moment until it is carried out. */
@ApplicationScoped
class PersonalCommands implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                stays("application_command", "command", "It is deleted when it was carried out."));
    }
}
