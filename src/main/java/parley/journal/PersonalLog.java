package parley.journal;

import static parley.personal.PersonalColumn.clearedContent;
import static parley.personal.PersonalColumn.elsewhere;
import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.ids;
import static parley.personal.PersonalColumn.name;
import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What the log has of people. */
@ApplicationScoped
class PersonalLog implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                elsewhere("room_event", "actor", "Rewriting replaces it with the frame."),
                elsewhere("room_event", "frame", "Rewriting does."),
                name("message", "author_name", "author"),
                clearedContent("message", "content", "author"),
                ids("message", "mentions"),
                stays("message", "client_key", "A client chose it at random."),
                id("message", "author"));
    }
}
