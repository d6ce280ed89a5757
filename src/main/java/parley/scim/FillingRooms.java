package parley.scim;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.Started;
import parley.identity.Actor;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.protocol.User;
import parley.room.ChangeRole;
import parley.room.Proposal;
import parley.room.RemoveMember;
import parley.room.RoomView;
import parley.room.Rooms;

/**
 * Adds people to rooms and removes them, as the groups of the directory say, on one instance for all. A change that can't be made now is
 * tried again. It does not touch people who are in a room by other means and in no group.
 */
@ApplicationScoped
class FillingRooms {

    private static final Logger LOG = Logger.getLogger(FillingRooms.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 200;
    private static final int ANSWER_SECONDS = 10;

    @Inject
    private Provisioning provisioning;
    @Inject
    private ScimRows rows;
    @Inject
    private Rooms rooms;
    @Inject
    private Journal journal;
    @Inject
    private LeasedWork work;

    void start(@Observes Started started) {
        if (provisioning.isOn()) {
            work.repeat(Task.PROVISIONING, PAUSE, PAUSE.multipliedBy(10), () -> rows.due(AT_ONCE).forEach(this::settle));
        }
    }

    private void settle(ScimRows.Due due) {
        Optional<RoomView> room = rooms.view(due.room()).filter(view -> !view.closed() && !view.isDirect());
        Optional<ScimUser> wanted = rows.wanted(due);
        if (room.isEmpty()) {
            LOG.log(Level.WARNING, "A rule of parley.scim.rooms names the room {0}, which is missing", due.room());
            rows.done(due);
            return;
        }
        Actor directory = new Actor(Provisioning.DIRECTORY, true);
        boolean isIn = room.get().member(due.person()).isPresent();
        Optional<Proposal> change = wanted.isPresent() == isIn ? Optional.empty() : Optional.of(wanted.<Proposal>map(user ->
                new ChangeRole(due.room(), directory, new User(user.person(), user.displayName()), Role.MEMBER))
                .orElseGet(() -> new RemoveMember(due.room(), directory, due.person())));
        Optional<Problem> refused = change.flatMap(this::refusal);
        if (refused.filter(Problem::temporary).isEmpty()) {
            refused.ifPresent(problem -> LOG.log(Level.WARNING, "The membership of {0} in room {1} could not be changed for a group: {2}",
                    new Object[] {due.person(), due.room(), problem.message()}));
            rows.done(due);
        }
    }

    private Optional<Problem> refusal(Proposal proposal) {
        try {
            return journal.submit(proposal).get(ANSWER_SECONDS, TimeUnit.SECONDS) instanceof Receipt.Refused refused
                    ? Optional.of(refused.problem()) : Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.of(Problem.unavailable("The instance stops."));
        } catch (ExecutionException | TimeoutException failed) {
            return Optional.of(Problem.unavailable("The journal does not answer."));
        }
    }
}
