package parley.message;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.ids;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What is derived from messages of a person, or mentions the person. */
@ApplicationScoped
class PersonalMessages implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                id("reaction", "user_id"),
                ids("reaction_count", "first_people"),
                ids("thread", "first_people"),
                id("thread", "root_author"),
                id("thread_person", "user_id"),
                id("mention", "user_id"),
                id("mention", "author"));
    }
}
