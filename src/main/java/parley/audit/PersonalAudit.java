package parley.audit;

import static parley.personal.PersonalColumn.cleared;
import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What the audit log has of people: what was done stays, under the pseudonym and without the address. */
@ApplicationScoped
class PersonalAudit implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                cleared("audit_entry", "address", "actor"),
                id("audit_entry", "actor"),
                id("audit_entry", "subject"),
                text("audit_entry", "detail"));
    }
}
