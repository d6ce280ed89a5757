package parley.people;

import static parley.personal.PersonalColumn.elsewhere;
import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.rows;
import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What the directory has of a person. */
@ApplicationScoped
class PersonalDirectory implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                rows("person", "id"),
                stays("person", "name", "It is deleted with the row of the person."),
                stays("person", "picture", "It is deleted with the row of the person."),
                stays("person", "status_text", "It is deleted with the row of the person."),
                stays("person", "keywords", "It is deleted with the row of the person."),
                rows("person_word", "user_id"),
                stays("person_word", "word", "It is deleted with the row of the person."),
                rows("person_block", "user_id"),
                rows("person_block", "blocked"),
                elsewhere("access_ended", "user_id", "A keyed hash takes its place when the erasure is complete."),
                id("access_ended", "ended_by"));
    }
}
