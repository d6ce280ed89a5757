package parley.room;

import static parley.personal.PersonalColumn.elsewhere;
import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.name;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What rooms and their people have of a person. A direct room keeps its people. */
@ApplicationScoped
class PersonalMemberships implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                name("membership", "user_name", "user_id"),
                id("membership", "user_id"),
                name("restraint", "user_name", "user_id"),
                id("restraint", "user_id"),
                elsewhere("room", "name", "An event of the room changes it."),
                elsewhere("room", "topic", "An event of the room changes it."),
                elsewhere("room_name", "look", "It follows the name of its room."));
    }
}
