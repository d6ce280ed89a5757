package parley.identity;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.rows;
import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What tickets and revocations have of people. */
@ApplicationScoped
class PersonalTokens implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                rows("ticket", "user_id"),
                stays("ticket", "user_name", "A ticket is deleted with its person's id, and after 30 s."),
                stays("ticket", "user_groups", "The same."),
                stays("ticket", "jti", "The same."),
                stays("ticket", "sid", "The same."),
                id("revocation", "subject"),
                id("revocation", "revoked_by"));
    }
}
