package parley.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import parley.protocol.Problem;
import parley.settings.Settings;

/** The reminders of people. Each call waits for the database. */
@ApplicationScoped
public class Reminders {

    @Inject
    private ReminderRows rows;
    @Inject
    private Settings settings;

    /** Those of a person, the earliest first. */
    public List<Reminder> of(String person) {
        return rows.of(person);
    }

    /** Adds a reminder; returns why not. The same id of the same person again changes nothing. */
    public Optional<Problem> add(Reminder made) {
        int most = settings.schedule().perPerson();
        return rows.add(made, most) ? Optional.empty()
                : Optional.of(Problem.conflict("You have " + most + " reminders, which is the maximum."));
    }

    /** Removes a reminder. Returns whether there was one. */
    public boolean cancel(String person, String id) {
        return rows.remove(person, id);
    }
}
