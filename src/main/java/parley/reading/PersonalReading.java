package parley.reading;

import static parley.personal.PersonalColumn.rows;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** How far people have read, how they see their rooms, and drafts. */
@ApplicationScoped
class PersonalReading implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                rows("read_marker", "user_id"),
                rows("room_preference", "user_id"),
                text("room_preference", "section"),
                rows("draft", "user_id"),
                text("draft", "content"));
    }
}
