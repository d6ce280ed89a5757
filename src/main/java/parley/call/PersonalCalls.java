package parley.call;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.name;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Who took part in calls. */
@ApplicationScoped
class PersonalCalls implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                name("room_call", "starter_name", "starter"),
                id("room_call", "starter"),
                name("room_call", "ender_name", "ender"),
                id("room_call", "ender"),
                name("call_participant", "person_name", "person"),
                id("call_participant", "person"),
                name("call_person", "person_name", "person"),
                id("call_person", "person"));
    }
}
