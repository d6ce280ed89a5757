package parley.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.health.DatabaseWatch;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.protocol.User;

/** Starting, watching and undoing removals. Each call waits for the database. The caller has checked that an administrator asks. */
@ApplicationScoped
public class Removals {

    /** For how long a removal can be undone. */
    public static final Duration UNDOABLE = Duration.ofDays(1);
    /** The most messages that one removal removes. */
    public static final int MOST_MESSAGES = 20_000;
    /** The most rooms that a removal may name. */
    public static final int MOST_ROOMS = 100;
    /** The most removals that wait or are being worked on. */
    public static final int MOST_OPEN = 10;

    @Inject
    private RemovalRows rows;
    @Inject
    private DatabaseWatch database;
    @Inject
    private Event<RemovalAsked> asked;

    /**
     * What an administrator asks for.
     *
     * @param person the user id of the author
     * @param from the first time; empty for the beginning
     * @param to the time after the last; empty for now
     * @param rooms ids of rooms; empty for all
     * @param reason for other administrators
     */
    public record Wanted(String person, Optional<Instant> from, Optional<Instant> to, List<String> rooms, String reason) {}

    /** The outcome of {@link #start} and {@link #undo}. */
    public sealed interface Outcome {

        /** An instance works on it. */
        record Accepted(Removal removal) implements Outcome {}

        /** It is not done. */
        record Refused(Problem problem) implements Outcome {}
    }

    /** Starts a removal. */
    public Outcome start(Wanted wanted, User by, String address) {
        Instant now = Instant.now();
        Instant to = wanted.to().orElse(now);
        Instant from = wanted.from().orElse(Instant.EPOCH);
        Optional<Problem> refused = refusal(by, wanted.person()).or(() -> from.isBefore(to) ? Optional.empty()
                : Optional.of(Problem.badRequest("`from` must be before `to`.")));
        if (refused.isPresent()) {
            return new Outcome.Refused(refused.get());
        }
        Removal removal = new Removal(RemovalRows.newId(now), wanted.person(), from, to, wanted.rooms(), wanted.reason(), by, now,
                Removal.State.REMOVING, Optional.empty(), 0, 0, 0, false, Optional.empty(), Optional.empty(), Optional.empty());
        rows.add(removal, address);
        asked.fire(new RemovalAsked());
        return new Outcome.Accepted(removal);
    }

    private Optional<Problem> refusal(User by, String person) {
        if (by.id().equals(person)) {
            return Optional.of(Problem.forbidden("You can't remove your own messages at once."));
        }
        if (!database.isModerationReadByAll()) {
            return Optional.of(Problem.unavailable("An instance of an older version is still running."));
        }
        return rows.open() < MOST_OPEN ? Optional.empty() : Optional.of(Problem.conflict(MOST_OPEN + " removals wait already."));
    }

    /** Brings back what a removal removed. Refused if it is not complete, already undone, or final. */
    public Outcome undo(String id, User by, String address) {
        Optional<Removal> found = find(id);
        if (found.isEmpty()) {
            return new Outcome.Refused(Problem.notFound());
        }
        if (!database.isModerationReadByAll()) {
            return new Outcome.Refused(Problem.unavailable("An instance of an older version is still running."));
        }
        Instant now = Instant.now();
        if (found.get().isDue(now) || !rows.undo(found.get(), by, address, now)) {
            return new Outcome.Refused(Problem.conflict("Only a complete removal can be undone, for a day."));
        }
        asked.fire(new RemovalAsked());
        return new Outcome.Accepted(find(id).orElseThrow());
    }

    /** The last removals, the newest first. */
    public List<Removal> all() {
        return rows.all();
    }

    /** The removal with this id. */
    public Optional<Removal> find(String id) {
        return TextRules.isStorable(id) ? rows.find(id) : Optional.empty();
    }
}
