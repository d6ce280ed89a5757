package parley.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import parley.protocol.Problem;
import parley.settings.Settings;

/** The scheduled messages of people. Each call waits for the database. */
@ApplicationScoped
public class ScheduledMessages {

    @Inject
    private ScheduledRows rows;
    @Inject
    private ScheduledPosting posting;
    @Inject
    private Settings settings;

    /** Those of a person, the earliest first. */
    public List<Scheduled> of(String person) {
        return rows.of(person);
    }

    /** Adds a message; returns why not. The same id of the same person again changes nothing. */
    public Optional<Problem> add(Scheduled made) {
        int most = settings.schedule().perPerson();
        return rows.add(made, most) ? Optional.empty()
                : Optional.of(Problem.conflict("You have " + most + " scheduled messages, which is the maximum."));
    }

    /** One of a person. */
    public Optional<Scheduled> one(String person, String id) {
        return rows.one(person, id);
    }

    /** Changes a message, which then waits for its time, also if it was refused; returns why not. */
    public Optional<Problem> change(String person, String id, UnaryOperator<Scheduled> change) {
        return rows.one(person, id).filter(found -> rows.change(change.apply(found))).isPresent() ? Optional.empty()
                : Optional.of(busyOrAbsent(person, id));
    }

    /** Removes a message; returns why not. */
    public Optional<Problem> cancel(String person, String id) {
        return rows.remove(person, id) ? Optional.empty() : Optional.of(busyOrAbsent(person, id));
    }

    /** Posts a message now; returns why not. A refused message stays as it was. One that may be posted is tried again soon. */
    public Optional<Problem> send(String person, String id) {
        Instant now = Instant.now();
        Optional<ScheduledRows.Leased> lease = rows.lease(person, id, now);
        return lease.isPresent() ? posting.sendNow(lease.get(), now) : Optional.of(busyOrAbsent(person, id));
    }

    private Problem busyOrAbsent(String person, String id) {
        return rows.one(person, id).isPresent() ? Problem.conflict("This message is being sent.") : Problem.notFound();
    }
}
