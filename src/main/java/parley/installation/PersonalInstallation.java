package parley.installation;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.rows;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What default rooms have of people. */
@ApplicationScoped
class PersonalInstallation implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(id("default_room", "added_by"),
                rows("default_room_due", "person"));
    }
}
