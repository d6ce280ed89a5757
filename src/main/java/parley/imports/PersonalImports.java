package parley.imports;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.name;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Who started imports, and what they met. The files of an import stay where the administrator put them. */
@ApplicationScoped
class PersonalImports implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                name("import_job", "started_by_name", "started_by"),
                id("import_job", "started_by"),
                stays("import_job", "file", "It is the name of a file of an administrator."),
                stays("import_job", "people", "It is the name of a file of an administrator."),
                stays("import_job", "node", "It is an instance."),
                text("import_job", "failure"),
                text("import_job", "problems"));
    }
}
