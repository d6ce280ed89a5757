package parley.feature;

import static parley.personal.PersonalColumn.id;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What feature switches have of people. */
@ApplicationScoped
class PersonalSwitches implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(id("feature_off", "switched_by"));
    }
}
