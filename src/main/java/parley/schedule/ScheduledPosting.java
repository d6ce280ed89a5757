package parley.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.feature.Features;
import parley.health.Started;
import parley.identity.Actor;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.limits.Limits;
import parley.message.MessageProposals;
import parley.metrics.Metrics;
import parley.notify.OwnNotifications;
import parley.people.Access;
import parley.people.People;
import parley.protocol.ErrorCode;
import parley.protocol.Feature;
import parley.protocol.MessageCommand;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.room.Proposal;
import parley.schedule.ScheduledRows.Leased;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Posts scheduled messages and fires reminders when they are due. Every instance looks once a second; a lease gives a message to one of
 * them. A message that can't be decided now, for example because the database is away, is tried again until it is a day late.
 */
@ApplicationScoped
class ScheduledPosting {

    private static final Logger LOG = Logger.getLogger(ScheduledPosting.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 50;
    /** The journal answers within this time. */
    private static final int ANSWER_SECONDS = 10;
    private static final Duration RETRY = Duration.ofSeconds(10);
    /** A message that is later than this is not posted: its author would not expect it any more. */
    static final Duration LATEST = Duration.ofDays(1);

    private Function<Proposal, CompletableFuture<Receipt>> journal;
    private Function<Scheduled, Optional<Problem>> refusals;
    private Function<String, User> users;
    private MessageProposals messages;
    private ScheduledRows rows;
    private ReminderRows reminders;
    private OwnNotifications notifications;
    private Metrics metrics;
    private ManagedThreads managed;
    private Features features;
    private Loop loop;

    /** For the container's proxy. */
    protected ScheduledPosting() {
    }

    @Inject
    ScheduledPosting(Journal journal, Features features, Access access, Limits limits, People people, MessageProposals messages,
                     ScheduledRows rows, ReminderRows reminders, OwnNotifications notifications, Metrics metrics, ManagedThreads managed) {
        this(journal::submit, due -> access.refusal(due.person()).or(() -> features.refusal(due.command()))
                        .or(() -> limits.command(due.person(), due.command())),
                person -> people.user(person).orElseGet(() -> new User(person, person)), messages, rows, notifications, metrics);
        this.reminders = reminders;
        this.managed = managed;
        this.features = features;
    }

    /**
     * @param refusals why a message can't be posted, whatever its room says
     * @param users people with today's names, by id
     */
    ScheduledPosting(Function<Proposal, CompletableFuture<Receipt>> journal, Function<Scheduled, Optional<Problem>> refusals,
                     Function<String, User> users, MessageProposals messages, ScheduledRows rows, OwnNotifications notifications,
                     Metrics metrics) {
        this.journal = journal;
        this.refusals = refusals;
        this.users = users;
        this.messages = messages;
        this.rows = rows;
        this.notifications = notifications;
        this.metrics = metrics;
        List.of("sent", "refused", "late", "reminded").forEach(outcome -> count(outcome, 0));
    }

    void start(@Observes Started started) {
        if (features.isAllowed(Feature.SCHEDULE) && loop == null) {
            loop = managed.repeat("scheduled messages", PAUSE, () -> look(Instant.now()));
        }
    }

    private void look(Instant now) {
        // While the feature is switched off, what is due waits.
        if (features.isOn(Feature.SCHEDULE) && rows.isAnyDue(now)) {
            post(now);
            remind(now);
        }
    }

    /** Posts what is due. Waits for the database and the journal. */
    void post(Instant now) {
        for (List<Leased> due = rows.lease(now, AT_ONCE); !due.isEmpty(); due = rows.lease(now, AT_ONCE)) {
            List<CompletableFuture<Receipt>> posted = due.stream().map(lease -> decide(lease.scheduled(), now)).toList();
            for (int i = 0; i < due.size(); i++) {
                settle(due.get(i), answer(posted.get(i)), now);
            }
        }
    }

    private void remind(Instant now) {
        ReminderRows.Fired fired;
        do {
            fired = reminders.fire(now, AT_ONCE);
            notifications.announce(fired.made());
            count("reminded", fired.made().size());
        } while (fired.reminders() == AT_ONCE);
    }

    /** Posts a message before its time; returns why not. Waits for the database and the journal. */
    Optional<Problem> sendNow(Leased lease, Instant now) {
        if (!(answer(submit(lease.scheduled())) instanceof Receipt.Refused(Problem problem))) {
            rows.done(lease);
            count("sent", 1);
            return Optional.empty();
        }
        if (leavesOpen(problem)) {
            rows.postpone(lease, now.plus(RETRY), false);
        } else {
            rows.release(lease);
        }
        return Optional.of(problem);
    }

    // Whether the message may be posted nevertheless, or soon. The next attempt has the same key.
    private static boolean leavesOpen(Problem problem) {
        return problem.temporary() && problem.code() != ErrorCode.RATE_LIMITED;
    }

    private CompletableFuture<Receipt> decide(Scheduled due, Instant now) {
        return now.isAfter(due.at().plus(LATEST)) ? refused(Problem.gone("It could not be posted within a day of its time.")) : submit(due);
    }

    private CompletableFuture<Receipt> submit(Scheduled due) {
        Optional<Problem> refused = refusals.apply(due);
        MessageCommand command = due.command();
        return refused.isPresent() ? refused(refused.get())
                : journal.apply(messages.of(command, new Actor(users.apply(due.person()), false)));
    }

    private static CompletableFuture<Receipt> refused(Problem problem) {
        return CompletableFuture.completedFuture(new Receipt.Refused(problem));
    }

    private static Receipt answer(CompletableFuture<Receipt> posted) {
        try {
            return posted.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failed) {
            LOG.log(Level.WARNING, "A scheduled message could not be posted; this is tried again", failed);
        }
        return new Receipt.Refused(Problem.unavailable("It is not known yet whether the message was posted."));
    }

    private void settle(Leased lease, Receipt receipt, Instant now) {
        if (!(receipt instanceof Receipt.Refused(Problem problem))) {
            rows.done(lease);
            count("sent", 1);
        } else if (problem.temporary()) {
            rows.postpone(lease, now.plus(problem.retryAfter() > RETRY.toMillis() ? Duration.ofMillis(problem.retryAfter()) : RETRY),
                    !leavesOpen(problem) && !lease.mayBePosted());
            count("late", 1);
        } else {
            notifications.announce(rows.refused(lease, users.apply(lease.scheduled().person()), problem, now));
            count("refused", 1);
        }
    }

    private void count(String outcome, int times) {
        metrics.count("parley_scheduled_total", "Scheduled messages and reminders that were due: sent, refused, late (tried again), or "
                + "reminded.", "outcome", outcome).add(times);
    }
}
