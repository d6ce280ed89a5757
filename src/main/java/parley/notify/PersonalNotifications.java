package parley.notify;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.name;
import static parley.personal.PersonalColumn.rows;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Notifications and where they go. */
@ApplicationScoped
class PersonalNotifications implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                rows("notification", "person"),
                name("notification", "actor_name", "actor"),
                id("notification", "actor"),
                text("notification", "note"),
                rows("push_subscription", "person"),
                stays("push_subscription", "endpoint", "It is deleted with the row of the person."),
                stays("push_subscription", "p256dh", "It is deleted with the row of the person."),
                stays("push_subscription", "auth", "It is deleted with the row of the person."),
                stays("push_subscription", "host", "It is deleted with the row of the person."),
                rows("push_job", "person"),
                stays("push_job", "withdrawn", "It has numbers of notifications."),
                stays("push_job", "host", "It is the host of a push service."),
                rows("connected", "person"),
                stays("connected", "node", "It is an instance."),
                rows("mail_address", "person"),
                stays("mail_address", "address", "It is deleted with the row of the person."),
                rows("mail_job", "person"),
                stays("push_key", "private_key", "It is the installation's."),
                stays("push_key", "public_key", "It is the installation's."));
    }
}
