package parley.export;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.json;
import static parley.personal.PersonalColumn.name;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import parley.personal.Erased;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What exports have of people. Those that name an erased person are deleted, unless the administrator keeps them. */
@ApplicationScoped
class PersonalExports implements PersonalData {

    @Inject
    private ExportRows rows;
    @Inject
    private ExportFiles files;

    @Override
    public List<PersonalColumn> columns() {
        return List.of(name("export_job", "started_by_name", "started_by"), id("export_job", "started_by"), json("export_job", "request"),
                text("export_job", "failure"), stays("export_job", "node", "It is an instance."), text("export_room", "title"),
                stays("export_file", "path", "It has numbers of rooms and ids of files."),
                stays("export_person", "person_key", "It is a hash of id and name, and goes with the export."),
                stays("export_part", "content", "The archive is deleted, or kept on purpose."),
                name("export_person", "user_name", "user_id"), id("export_person", "user_id"));
    }

    // One that is still being written ends soon, and the sweep removes its files.
    @Override
    public int remove(Erased erased) {
        Optional<ExportJob> next = rows.naming(erased.person(), erased.keepsExports());
        next.ifPresent(job -> {
            rows.delete(job, Optional.empty(), null);
            if (!job.isOpen() && files.removeFrom(job.id(), 0)) {
                rows.removed(job.id());
            }
        });
        return next.isPresent() ? 1 : 0;
    }

    @Override
    public String removes() {
        return "exports";
    }
}
