package parley.outlet;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Who made outlets. */
@ApplicationScoped
class PersonalOutlets implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                id("outlet", "created_by"),
                stays("outlet", "types", "It has types of events."),
                stays("outlet", "share", "It is a host."),
                stays("outlet", "disabled_why", "The server wrote it."),
                stays("outlet", "lease", "It names an instance."),
                stays("outlet_attempt", "event", "It has a room and an offset."),
                text("outlet_attempt", "answer"));
    }
}
