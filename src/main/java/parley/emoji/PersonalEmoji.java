package parley.emoji;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What custom emoji have of people. */
@ApplicationScoped
class PersonalEmoji implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(id("custom_emoji", "created_by"),
                stays("custom_emoji", "name", "An administrator chose it."),
                stays("custom_emoji", "picture", "It is the id of a picture."),
                stays("custom_emoji", "content", "An administrator chose the picture."));
    }
}
