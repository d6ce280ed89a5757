package parley.installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.identity.Actor;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.people.People;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.room.JoinRoom;

/**
 * Lets people join the default rooms after their first sign-in. Two instances may do the same at the same time: joining twice changes
 * nothing. What can't be done now is tried again at the next call.
 */
@ApplicationScoped
public class Welcoming {

    private static final Logger LOG = Logger.getLogger(Welcoming.class.getName());
    private static final int AT_ONCE = 100;
    private static final int ANSWER_SECONDS = 5;

    @Inject
    private DefaultRoomRows rows;
    @Inject
    private People people;
    @Inject
    private Journal journal;

    /** Lets some people join who have to. Waits for the database and the journal. Costs one small query if there are none. */
    public void catchUp() {
        List<DefaultRoomRows.Due> due = rows.due(AT_ONCE);
        List<CompletableFuture<Receipt>> joined = due.stream().map(one -> journal.submit(new JoinRoom(one.room(),
                new Actor(people.user(one.person()).orElseGet(() -> new User(one.person(), one.person())), false)))).toList();
        for (int i = 0; i < due.size(); i++) {
            Optional<Problem> refused = refusal(joined.get(i));
            if (refused.filter(Problem::temporary).isPresent()) {
                // The rest would be refused, too, or takes as long.
                return;
            }
            if (refused.isPresent()) {
                LOG.log(Level.INFO, "Someone could not join the default room {0}: {1}",
                        new Object[] {due.get(i).room(), refused.get().message()});
            }
            rows.done(due.get(i));
        }
    }

    private static Optional<Problem> refusal(CompletableFuture<Receipt> joining) {
        try {
            return joining.get(ANSWER_SECONDS, TimeUnit.SECONDS) instanceof Receipt.Refused refused ? Optional.of(refused.problem())
                    : Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.of(Problem.unavailable("The instance stops."));
        } catch (ExecutionException | TimeoutException failed) {
            return Optional.of(Problem.unavailable("The journal does not answer."));
        }
    }
}
