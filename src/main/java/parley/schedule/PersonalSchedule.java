package parley.schedule;

import static parley.personal.PersonalColumn.ids;
import static parley.personal.PersonalColumn.rows;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Messages that are posted later, and reminders. */
@ApplicationScoped
class PersonalSchedule implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                rows("scheduled_message", "person"),
                ids("scheduled_message", "mentions"),
                text("scheduled_message", "content"),
                stays("scheduled_message", "why_text", "The server wrote it."),
                rows("reminder", "person"),
                text("reminder", "content"));
    }
}
