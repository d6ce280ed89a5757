package parley.health;

import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Instances are no people. */
@ApplicationScoped
class PersonalInstances implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                stays("instance", "node", "It is an instance."),
                stays("instance_connections", "node", "It is an instance."),
                stays("instance_connections", "people", "It is a number."),
                stays("lease", "node", "It is an instance."));
    }
}
