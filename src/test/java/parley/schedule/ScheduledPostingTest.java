package parley.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.journal.Receipt;
import parley.message.MessageProposals;
import parley.message.PostMessage;
import parley.metrics.Metrics;
import parley.notify.Notification;
import parley.notify.OwnNotifications;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.protocol.Why;
import parley.room.Proposal;
import parley.sql.Tables;

/** Scheduled messages of two instances, with their tables and a journal that knows the keys of messages. */
class ScheduledPostingTest {

    private static final Instant DUE = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant LATER = DUE.plus(ScheduledRows.LEASE);

    private final Tables tables = new Tables();
    /** By key, as a room has them. */
    private final Map<String, String> posted = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private Optional<Problem> roomRefuses = Optional.empty();
    private Optional<Problem> installationRefuses = Optional.empty();

    @BeforeEach
    void create() {
        tables.execute("create table notification (id bigint)", "create table person (id varchar(255) primary key)",
                "insert into person (id) values ('alice')");
        tables.migrate("V53__schedule.sql");
        tables.migrate("V66__postponed.sql");
    }

    private CompletableFuture<Receipt> journal(Proposal proposal) {
        PostMessage message = (PostMessage) proposal;
        if (roomRefuses.isPresent()) {
            return CompletableFuture.completedFuture(new Receipt.Refused(roomRefuses.get()));
        }
        posted.putIfAbsent(message.key(), message.by().user().name() + ": " + message.text());
        return CompletableFuture.completedFuture(new Receipt.Committed(posted.size()));
    }

    private final OwnNotifications notifications = new OwnNotifications() {
        @Override
        public List<Notification> add(List<Own> own, Instant now) {
            own.forEach(each -> told.add(each.person().id() + " " + each.why().wire() + " " + each.text()));
            assertThat(own).allMatch(each -> each.why() == Why.UNSENT);
            return List.of();
        }

        @Override
        public void announce(List<Notification> made) {
            assertThat(made).isEmpty();
        }
    };

    private interface Work {
        void with(ScheduledRows rows, ScheduledPosting posting);
    }

    // As one transaction, because there is no container: the rows are those of one connection.
    private void on(Work work) {
        tables.run(running -> {
            ScheduledRows rows = new ScheduledRows(running.em(), notifications);
            work.with(rows, new ScheduledPosting(this::journal, due -> installationRefuses, id -> new User(id, "Name of " + id),
                    new MessageProposals(), rows, notifications, new Metrics()));
        });
    }

    private static Scheduled message(String id, Instant at) {
        return new Scheduled("alice", id, "general", "Text of " + id, 0, false, List.of("bob", "carol"), false, at, Optional.empty());
    }

    private void schedules(String id, Instant at) {
        on((rows, posting) -> assertThat(rows.add(message(id, at), 100)).isTrue());
    }

    private void looks(Instant now) {
        on((rows, posting) -> posting.post(now));
    }

    private List<String> listed() {
        List<String> listed = new ArrayList<>();
        on((rows, posting) -> rows.of("alice").forEach(each -> listed.add(each.id()
                + each.refused().map(why -> " " + why.code() + " " + why.message()).orElse(""))));
        return listed;
    }

    @Test
    void nothingIsPostedBeforeItsTime() {
        schedules("a", DUE);
        on((rows, posting) -> assertThat(rows.isAnyDue(DUE.minusMillis(1))).isFalse());
        looks(DUE.minusMillis(1));
        assertThat(posted).isEmpty();
        assertThat(listed()).containsExactly("a");
        on((rows, posting) -> assertThat(rows.isAnyDue(DUE)).isTrue());
    }

    @Test
    void isPostedAtItsTimeWithTodaysName() {
        schedules("a", DUE);
        schedules("b", DUE.plusSeconds(1));
        looks(DUE);
        assertThat(posted.values()).containsExactly("Name of alice: Text of a");
        assertThat(listed()).containsExactly("b");
    }

    @Test
    void twoInstancesAndAKillPostItOnce() {
        schedules("a", DUE);
        // An instance takes it, posts it, and is killed before it removes the row.
        on((rows, posting) -> rows.lease(DUE, 50).forEach(lease -> journal(new MessageProposals().of(lease.scheduled().command(),
                new Actor(new User("alice", "Name of alice"), false)))));
        assertThat(posted).hasSize(1);
        looks(LATER.minusMillis(1));
        assertThat(listed()).as("leased").containsExactly("a");
        looks(LATER);
        assertThat(listed()).isEmpty();
        assertThat(posted).as("under the same key").hasSize(1);
    }

    @Test
    void anInstanceDoesNotTakeWhatAnotherOneHasLeased() {
        schedules("a", DUE);
        on((rows, posting) -> assertThat(rows.lease(DUE, 50)).hasSize(1));
        on((rows, posting) -> assertThat(rows.lease(DUE.plusSeconds(1), 50)).isEmpty());
    }

    @Test
    void whatIsBeingPostedCannotBeChangedOrRemoved() {
        schedules("a", DUE);
        on((rows, posting) -> {
            assertThat(rows.lease(DUE, 50)).hasSize(1);
            assertThat(rows.remove("alice", "a")).isFalse();
            assertThat(rows.change(message("a", DUE.plusSeconds(9)))).isFalse();
            assertThat(rows.lease("alice", "a", DUE)).isEmpty();
        });
    }

    @Test
    void aRefusedMessageStaysWithItsReasonAndItsAuthorIsTold() {
        schedules("a", DUE);
        roomRefuses = Optional.of(Problem.forbidden("You are muted in this room."));
        looks(DUE);
        assertThat(listed()).containsExactly("a forbidden You are muted in this room.");
        assertThat(told).containsExactly("alice unsent You are muted in this room.");

        roomRefuses = Optional.empty();
        looks(LATER.plusSeconds(60));
        assertThat(posted).as("is not tried again").isEmpty();
        on((rows, posting) -> assertThat(rows.change(message("a", LATER.plusSeconds(120)))).isTrue());
        assertThat(listed()).containsExactly("a");
        looks(LATER.plusSeconds(120));
        assertThat(posted).hasSize(1);
    }

    @Test
    void whoseAccessEndedPostsNothing() {
        schedules("a", DUE);
        installationRefuses = Optional.of(Problem.forbidden("An administrator ended your access."));
        looks(DUE);
        assertThat(posted).isEmpty();
        assertThat(listed()).containsExactly("a forbidden An administrator ended your access.");
    }

    @Test
    void whatCannotBeDecidedIsTriedAgainUntilItIsADayLate() {
        schedules("a", DUE);
        roomRefuses = Optional.of(Problem.unavailable("The database is away."));
        looks(DUE);
        assertThat(listed()).containsExactly("a");
        looks(DUE.plusSeconds(9));
        looks(DUE.plus(ScheduledPosting.LATEST));
        assertThat(told).isEmpty();
        looks(DUE.plus(ScheduledPosting.LATEST).plus(Duration.ofMinutes(1)));
        assertThat(told).containsExactly("alice unsent It could not be posted within a day of its time.");

        schedules("b", DUE);
        roomRefuses = Optional.of(Problem.unavailable("The database is away."));
        looks(DUE);
        roomRefuses = Optional.empty();
        looks(DUE.plusSeconds(10));
        assertThat(posted.values()).containsExactly("Name of alice: Text of b");
    }

    @Test
    void whatWaitsInSlowModeCanBeChangedAndRemoved() {
        roomRefuses = Optional.of(Problem.rateLimited("This room is in slow mode.", 3_600_000));
        schedules("a", DUE);
        schedules("b", DUE);
        looks(DUE);
        on((rows, posting) -> assertThat(rows.remove("alice", "a")).as("nobody is posting it").isTrue());
        on((rows, posting) -> assertThat(rows.change(message("b", DUE.plusSeconds(60)))).isTrue());
        roomRefuses = Optional.empty();
        on((rows, posting) -> assertThat(rows.lease(DUE.plusSeconds(60), 5)).hasSize(1));
        on((rows, posting) -> assertThat(rows.remove("alice", "b")).as("it is being posted").isFalse());
    }

    @Test
    void whatMayHaveBeenPostedStaysAsItIs() {
        roomRefuses = Optional.of(Problem.unavailable("The database is away."));
        schedules("a", DUE);
        looks(DUE);
        on((rows, posting) -> assertThat(rows.change(message("a", DUE.plusSeconds(60)))).isFalse());
    }

    @Test
    void whatMayHaveBeenPostedStaysAsItIsInSlowModeToo() {
        roomRefuses = Optional.of(Problem.unavailable("The database is away."));
        schedules("a", DUE);
        looks(DUE);
        roomRefuses = Optional.of(Problem.rateLimited("This room is in slow mode.", 60_000));
        looks(DUE.plusSeconds(10));
        on((rows, posting) -> assertThat(rows.remove("alice", "a")).isFalse());
    }

    @Test
    void whatMayHaveBeenSentNowIsTriedAgainSoon() {
        schedules("a", DUE);
        Instant now = DUE.minusSeconds(3_600);
        roomRefuses = Optional.of(Problem.unavailable("The database is away."));
        on((rows, posting) -> assertThat(posting.sendNow(rows.lease("alice", "a", now).orElseThrow(), now)).isEqualTo(roomRefuses));
        on((rows, posting) -> assertThat(rows.change(message("a", DUE))).as("the room may have it").isFalse());
        roomRefuses = Optional.empty();
        looks(now.plusSeconds(10));
        assertThat(posted).hasSize(1);
        assertThat(listed()).isEmpty();
    }

    @Test
    void sendingNowPostsOrLeavesItAsItWas() {
        schedules("a", DUE);
        Instant now = DUE.minusSeconds(3_600);
        roomRefuses = Optional.of(Problem.forbidden("You are muted in this room."));
        on((rows, posting) -> assertThat(posting.sendNow(rows.lease("alice", "a", now).orElseThrow(), now)).isEqualTo(roomRefuses));
        assertThat(listed()).containsExactly("a");
        assertThat(told).isEmpty();
        roomRefuses = Optional.empty();
        looks(DUE.minusMillis(1));
        assertThat(posted).isEmpty();
        on((rows, posting) -> assertThat(posting.sendNow(rows.lease("alice", "a", now).orElseThrow(), now)).isEmpty());
        assertThat(posted).hasSize(1);
        assertThat(listed()).isEmpty();
    }

    @Test
    void keepsWhatTheMessageSays() {
        Scheduled full = new Scheduled("alice", "a", "general", "Text", 7, true, List.of("bob", "carol"), true, DUE, Optional.empty());
        on((rows, posting) -> assertThat(rows.add(full, 100)).isTrue());
        on((rows, posting) -> assertThat(rows.one("alice", "a")).contains(full));
        on((rows, posting) -> assertThat(rows.one("bob", "a")).isEmpty());
        assertThat(full.command().thread()).isEqualTo(7);
        assertThat(full.command().also()).isTrue();
        assertThat(full.command().everyone()).isTrue();
        assertThat(full.command().mentions()).containsExactly("bob", "carol");
    }

    private boolean adds(Tables.Running running, Scheduled message, int most) {
        return new ScheduledRows(running.em(), notifications).add(message, most);
    }

    @Test
    void twoRequestsAtOnceDontExceedTheMost() {
        schedules("a", DUE);
        tables.runInTurns(first -> assertThat(adds(first, message("b", DUE), 2)).isTrue(),
                second -> assertThat(adds(second, message("c", DUE), 2)).isFalse());
        assertThat(listed()).containsExactly("a", "b");
    }

    @Test
    void twoRequestsWithTheSameIdAddOne() {
        tables.runInTurns(first -> assertThat(adds(first, message("a", DUE), 1)).isTrue(),
                second -> assertThat(adds(second, message("a", LATER), 1)).isTrue());
        on((rows, posting) -> assertThat(rows.of("alice")).containsExactly(message("a", DUE)));
    }
}
