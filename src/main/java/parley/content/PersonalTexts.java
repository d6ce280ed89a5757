package parley.content;

import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What the texts of files have of people. */
@ApplicationScoped
class PersonalTexts implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                stays("file_text", "content",
                "It is the text of a file, which goes with the file. Files of other people stay as they are."));
    }
}
