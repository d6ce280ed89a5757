package parley.preview;

import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Previews come from other sites. */
@ApplicationScoped
class PersonalPreviews implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                stays("preview_picture", "type", "It is a media type."),
                stays("preview_picture", "bytes", "It is a picture of another site, and goes with the message."));
    }
}
