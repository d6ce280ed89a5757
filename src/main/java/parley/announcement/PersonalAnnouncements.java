package parley.announcement;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.rows;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Who made and who dismissed announcements. */
@ApplicationScoped
class PersonalAnnouncements implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                id("announcement", "created_by"),
                text("announcement", "text"),
                stays("announcement", "link", "It is an address."),
                rows("announcement_dismissal", "person"));
    }
}
