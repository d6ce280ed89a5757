package parley.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import parley.identity.Actor;
import parley.journal.Receipt;
import parley.message.DeleteMessage;
import parley.protocol.AttachedFile;
import parley.protocol.ErrorCode;
import parley.protocol.Message;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.protocol.User;
import parley.room.BanUser;
import parley.room.MuteUser;
import parley.room.Proposal;

/**
 * Reports of messages: people report them, and the moderators and owners of their rooms and administrators resolve them. Each call waits
 * for the database.
 */
@ApplicationScoped
public class Reports {

    /** The most reports of one person within {@link #WITHIN}. */
    public static final int MOST = 20;
    /** The time that {@link #MOST} counts in. */
    public static final Duration WITHIN = Duration.ofDays(1);

    @Inject
    private ReportRows rows;

    /** The outcome of a request. */
    public sealed interface Outcome {

        /** The report as it is now. */
        record Done(Report report) implements Outcome {}

        /** It is not done. */
        record Refused(Problem problem) implements Outcome {}
    }

    /**
     * Reports a message that this person may read. The same person reports a message once: again gets the first report.
     *
     * @param note what the person adds; may be empty
     */
    public Outcome report(Message message, String room, User by, Report.Reason reason, String note, String address) {
        Optional<Report> before = rows.find(by.id(), room, message.offset());
        if (before.isPresent()) {
            return new Outcome.Done(before.get());
        }
        Optional<Problem> refused = refusal(message, by);
        if (refused.isPresent()) {
            return new Outcome.Refused(refused.get());
        }
        Instant now = Instant.now();
        String text = message.text().isEmpty() ? AttachedFile.names(message.files()) : message.text();
        Report report = new Report(RemovalRows.newId(now), room, message.offset(), message.by(), text, by, reason, note, now,
                Report.State.OPEN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return rows.add(report, address);
    }

    private static Optional<Problem> refusal(Message message, User by) {
        if (message.by().id().equals(by.id())) {
            return Optional.of(Problem.forbidden("You can't report your own message."));
        }
        if (message.deleted()) {
            return Optional.of(Problem.gone("The message was deleted."));
        }
        return Optional.empty();
    }

    /** Why a person who made {@link #MOST} reports since a time can't make another one yet. */
    static Optional<Problem> refusal(Instant since, Instant now) {
        return Optional.of(Duration.between(now, since.plus(WITHIN))).filter(Duration::isPositive)
                .map(left -> Problem.rateLimited("You can report " + MOST + " messages a day.", left.toMillis()));
    }

    /**
     * Up to {@code limit} reports in a state on which this person may work, newest first.
     *
     * @param room of this room; empty for all
     * @param before before the report with this id; empty for the first page
     */
    public List<Report> page(Report.State state, String room, Actor by, String before, int limit) {
        return rows.page(state, room, by, before, limit);
    }

    /** The last reports of this person, newest first. */
    public List<Report> of(String reporter, int limit) {
        return rows.of(reporter, limit);
    }

    /** This person works on a report from now on; a conflict if another one does, or if it is resolved. */
    public Outcome take(String id, Actor by) {
        return find(id, by).map(report -> rows.take(id, by.id()) ? done(id, by) : taken())
                .orElseGet(() -> new Outcome.Refused(Problem.notFound()));
    }

    /**
     * Does something about a report and resolves it. The rules of the room decide whether this person may do it.
     *
     * @param until the end of a mute or ban; empty for a ban without an end
     * @param journal submits what is done
     */
    public Outcome resolve(String id, Actor by, Report.Act act, Optional<Instant> until, String address,
                           Function<Proposal, CompletableFuture<Receipt>> journal) {
        Optional<Report> found = find(id, by);
        if (found.isEmpty()) {
            return new Outcome.Refused(Problem.notFound());
        }
        Report report = found.get();
        if (report.state() == Report.State.RESOLVED || report.takenBy().filter(other -> !other.equals(by.id())).isPresent()) {
            return taken();
        }
        Optional<Problem> refused = proposal(report, by, act, until).flatMap(proposal -> refusal(proposal, journal));
        if (refused.isPresent()) {
            return new Outcome.Refused(refused.get());
        }
        rows.resolve(report, act, by.id(), address, Instant.now());
        return done(id, by);
    }

    private static Optional<Proposal> proposal(Report report, Actor by, Report.Act act, Optional<Instant> until) {
        return switch (act) {
            case NOTHING -> Optional.empty();
            case DELETE -> Optional.of(new DeleteMessage(report.room(), by, report.message()));
            case MUTE -> until.map(end -> new MuteUser(report.room(), by, report.author(), end));
            case BAN -> Optional.of(new BanUser(report.room(), by, report.author(), until));
        };
    }

    // A message that is gone already is as good as deleted.
    private static Optional<Problem> refusal(Proposal proposal, Function<Proposal, CompletableFuture<Receipt>> journal) {
        try {
            return journal.apply(proposal).join() instanceof Receipt.Refused refused
                    && !(proposal instanceof DeleteMessage && refused.problem().code() == ErrorCode.NOT_FOUND)
                    ? Optional.of(refused.problem()) : Optional.empty();
        } catch (CompletionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    private Optional<Report> find(String id, Actor by) {
        return TextRules.isStorable(id) ? rows.find(id, by) : Optional.empty();
    }

    private Outcome done(String id, Actor by) {
        return find(id, by).<Outcome>map(Outcome.Done::new).orElseGet(() -> new Outcome.Refused(Problem.notFound()));
    }

    private static Outcome taken() {
        return new Outcome.Refused(Problem.conflict("Another moderator works on this report, or it is resolved."));
    }
}
