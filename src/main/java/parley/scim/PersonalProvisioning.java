package parley.scim;

import static parley.personal.PersonalColumn.rows;
import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import parley.personal.Erased;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;
import parley.sql.Statements;

/** What the company's directory provisioned of a person. Groups are not people. */
@ApplicationScoped
class PersonalProvisioning implements PersonalData {

    private static final String WITH = "It is deleted with the row of the person.";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    @Override
    public List<PersonalColumn> columns() {
        return List.of(rows("scim_user", "user_id"), stays("scim_user", "user_name", WITH), stays("scim_user", "user_name_look", WITH),
                stays("scim_user", "external_id", WITH), stays("scim_user", "display_name", WITH),
                stays("scim_group", "display_name", "It names a group."), stays("scim_group", "external_id", "It is of a group."),
                stays("scim_member", "user_id", "It is the id of a row of scim_user, and is deleted before it."),
                rows("scim_due", "user_id"));
    }

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int remove(Erased erased) {
        return Statements.update(em, "delete from scim_member where user_id in (select id from scim_user where user_id = ?)",
                erased.person());
    }

    @Override
    public String removes() {
        return "groupMemberships";
    }
}
