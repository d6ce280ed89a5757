package parley.erasure;

import static parley.personal.PersonalColumn.elsewhere;
import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.name;
import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What erasures have of people. */
@ApplicationScoped
class PersonalErasures implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                elsewhere("erasure", "person", "It becomes empty with the completion."),
                elsewhere("erasure", "names", "It becomes empty with the completion."),
                elsewhere("erasure", "words", "It becomes empty with the completion."),
                elsewhere("erasure", "reason", "The completion replaces names in it."),
                name("erasure", "started_by_name", "started_by"),
                id("erasure", "started_by"),
                stays("erasure", "node", "It is an instance."),
                stays("erasure", "report", "It is signed. It names who asked, and no one else."),
                stays("erasure", "signature", "It is of the report."),
                stays("erasure_count", "kind", "It names a table."),
                stays("erasure_key", "private_key", "It is the installation's."),
                stays("erasure_key", "public_key", "It is the installation's."));
    }
}
