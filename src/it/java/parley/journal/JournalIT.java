package parley.journal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.identity.Actor;
import parley.message.History;
import parley.message.PostMessage;
import parley.protocol.ErrorCode;
import parley.protocol.HistoryPage;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomEvent;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.BanUser;
import parley.room.ChangeRole;
import parley.room.CloseRoom;
import parley.room.CreateRoom;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.JoinRoom;
import parley.room.LeaveRoom;
import parley.room.LiftBan;
import parley.room.LiftMute;
import parley.room.MuteUser;
import parley.room.Proposal;
import parley.room.Quotas;
import parley.room.RemoveMember;
import parley.room.RoomView;
import parley.room.Rooms;
import parley.room.UpdateRoom;
import parley.server.Deployments;
import parley.server.InsideServer;
import parley.settings.Settings;

/** The journal in its container: real CDI, real transactions, a real database. */
@InsideServer
class JournalIT {

    private static final User ALICE = new User("alice", "Alice");
    private static final User BOB = new User("bob", "Bob");
    private static final User CAROL = new User("carol", "Carol");

    @Inject
    private Journal journal;
    @Inject
    private RoomLog log;
    @Inject
    private Rooms rooms;
    @Inject
    private Views views;
    @Inject
    private Following following;
    @Resource(lookup = "jdbc/parley")
    private DataSource database;
    @Resource
    private ManagedExecutorService executor;
    @Inject
    private History history;
    @Inject
    private Rebuilding rebuilding;
    @Inject
    private EnforcingRetention forgetting;
    @Inject
    private AuditLog audit;
    @Inject
    private Quotas quotas;
    @Inject
    private Settings settings;

    private final String room = UUID.randomUUID().toString();

    @Deployment
    static WebArchive inside() {
        return Deployments.inside();
    }

    @BeforeEach
    void aliceHasARoom() {
        assertThat(submit(new CreateRoom(room, as(ALICE), RoomProfile.open("Plaza " + room)))).isEqualTo(new Receipt.Committed(1));
    }

    @Test
    void aRoomCanNotBeCreatedTwice() {
        Receipt again = submit(new CreateRoom(room, as(BOB), RoomProfile.open("Mine")));
        assertThat(((Receipt.Refused) again).problem().code()).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void commandWhoseDecisionEndsInAnErrorFailsAloneAndStoresNothing() {
        CompletableFuture<Receipt> before = journal.submit(posting(ALICE, "before", "before"));
        CompletableFuture<Receipt> joining = journal.submit(new JoinRoom(room, as(BOB)));
        CompletableFuture<Receipt> faulty = journal.submit(new Overflowing(room));
        CompletableFuture<Receipt> after = journal.submit(posting(ALICE, "after", "after"));

        assertThat(((Receipt.Refused) faulty.join()).problem().code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(List.of(before.join(), joining.join(), after.join()))
                .containsExactly(new Receipt.Committed(3), new Receipt.Committed(4), new Receipt.Committed(5));
        assertThat(offsets()).isEqualTo(LongStream.rangeClosed(1, 5).boxed().toList());
        assertThat(views.cached(room).orElseThrow()).isEqualTo(rooms.view(room).orElseThrow());
    }

    /** A proposal with a defect. */
    private record Overflowing(String room) implements Proposal {

        @Override
        public Actor by() {
            return as(CAROL);
        }

        @Override
        public Decision decide(RoomView view, DecisionContext context, Instant now) {
            throw new StackOverflowError("planted");
        }
    }

    @Test
    void logThatTheDatabaseSetBackGetsANewEpochWithTheNextCommand() throws Exception {
        submit(posting(ALICE, "kept", "kept"));
        submit(posting(ALICE, "lost", "lost"));
        String epoch = views.cached(room).orElseThrow().epoch();
        setBackTo(3);

        assertThat(submit(posting(ALICE, "lost", "lost"))).as("the lost message is no duplicate").isEqualTo(new Receipt.Committed(4));

        RoomView after = views.cached(room).orElseThrow();
        assertThat(after.epoch()).isNotEqualTo(epoch);
        assertThat(after).isEqualTo(rooms.view(room).orElseThrow());
        assertThat(texts()).containsExactly("kept", "lost");
    }

    @Test
    void logThatTheDatabaseSetBackGetsANewEpochWhenHeadsAreCompared() throws Exception {
        submit(posting(ALICE, "lost", "lost"));
        String epoch = views.cached(room).orElseThrow().epoch();
        setBackTo(2);
        following.heads(List.of(room));
        assertThat(rooms.positions(List.of(room)).get(room).epoch()).isNotEqualTo(epoch);
        assertThat(rooms.positions(List.of(room)).get(room).offset()).isEqualTo(2);
    }

    @Test
    void logKeepsItsEpochIfTheHeadIsWhereItWas() {
        submit(posting(ALICE, "kept", "kept"));
        String epoch = views.cached(room).orElseThrow().epoch();
        following.heads(List.of(room));
        submit(posting(ALICE, "next", "next"));
        assertThat(rooms.positions(List.of(room)).get(room).epoch()).isEqualTo(epoch);
    }

    @Test
    void ofManyWhoCreateTheSameRoomAtOnceOneDoes() {
        String contested = UUID.randomUUID().toString();
        List<Receipt> receipts = all(IntStream.range(0, 20).mapToObj(n -> journal.submit(
                new CreateRoom(contested, as(ALICE), RoomProfile.open("Try " + n)))).toList());
        assertThat(receipts).filteredOn(Receipt.Committed.class::isInstance).hasSize(1);
    }

    @Test
    void whatTheDatabaseRefusesStandsAlone() {
        String tooLongForItsColumn = "x".repeat(100_001);
        List<CompletableFuture<Receipt>> coming = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            coming.add(journal.submit(posting(ALICE, "good-" + n, "hi")));
            if (n == 25) {
                coming.add(journal.submit(posting(ALICE, "bad", tooLongForItsColumn)));
            }
        }
        List<Receipt> receipts = all(coming);
        assertThat(receipts).filteredOn(Receipt.Refused.class::isInstance).hasSize(1);
        assertThat(receipts).filteredOn(Receipt.Committed.class::isInstance).hasSize(50);
        assertThat(offsets()).isEqualTo(LongStream.rangeClosed(1, 52).boxed().toList());
    }

    @Test
    void countsTheRoomsThatSomeoneOwnsAndIsIn() {
        User hoarder = new User(UUID.randomUUID().toString(), "Hoarder");
        String left = UUID.randomUUID().toString();
        all(Stream.of(UUID.randomUUID().toString(), UUID.randomUUID().toString(), left)
                .map(id -> journal.submit(new CreateRoom(id, as(hoarder), RoomProfile.open("Room " + id)))).toList());
        submit(new JoinRoom(room, as(hoarder)));
        submit(new LeaveRoom(left, as(hoarder)));
        assertThat(quotas.owned(hoarder.id())).isEqualTo(2);
        assertThat(quotas.memberships(hoarder.id())).isEqualTo(3);
        assertThat(quotas.mayOwnAnother(hoarder.id())).isTrue();
    }

    @Test
    void passesOverOldPostsButOverNoChange() {
        for (String text : List.of("a", "b")) {
            submit(posting(ALICE, text, text));
        }
        submit(new JoinRoom(room, as(BOB)));
        submit(posting(ALICE, "c", "c"));
        Instant later = Instant.now().plusSeconds(60);
        assertThat(log.afterWithoutPostsBefore(room, 2, later)).extracting(LoggedFrame::offset).containsExactly(5L, 6L);
        assertThat(log.afterWithoutPostsBefore(room, 5, later)).isEmpty();
        assertThat(log.afterWithoutPostsBefore(room, 2, later.minusSeconds(120))).extracting(LoggedFrame::offset)
                .containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void ofManyWhoWantANameAtOnceOneGetsIt() {
        String name = "Contested " + UUID.randomUUID() + " ";
        List<Receipt> receipts = all(IntStream.range(0, 100).mapToObj(n -> journal.submit(
                new CreateRoom(roomOfWriter(0), as(BOB), RoomProfile.open(name + n / 10)))).toList());
        assertThat(receipts).filteredOn(Receipt.Committed.class::isInstance).hasSize(10);
    }

    @Test
    void ofTwoWhoWantANameOfTwoWritersOneGetsIt() {
        List<CompletableFuture<Receipt>> both = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            String name = "Contested " + UUID.randomUUID();
            both.add(journal.submit(new CreateRoom(roomOfWriter(0), as(ALICE), RoomProfile.open(name))));
            both.add(journal.submit(new CreateRoom(roomOfWriter(1), as(BOB), RoomProfile.open(name))));
        }
        assertThat(all(both)).filteredOn(Receipt.Committed.class::isInstance).hasSize(200);
    }

    @Test
    void whatAnotherNodeWroteToManyRoomsIsKnownBeforeAnythingIsDecided() {
        List<String> busy = Stream.generate(() -> roomOfWriter(0)).limit(20).toList();
        busy.forEach(id -> submit(new CreateRoom(id, as(ALICE), RoomProfile.open("Busy " + id))));
        String silent = busy.getFirst();
        submit(new UpdateRoom(silent, as(ALICE), Optional.empty(), Optional.empty(), Optional.of(Retention.NONE)));
        List<RoomView> before = busy.stream().map(id -> views.cached(id).orElseThrow()).toList();
        all(busy.stream().map(id -> journal.submit(new PostMessage(id, as(ALICE), "said", "said", 0, false, List.of(), false))).toList());
        all(busy.stream().map(id -> journal.submit(new BanUser(id, as(ALICE), new User("bob", "Bob"), Optional.empty()))).toList());
        before.forEach(this::knowNoMoreThan);

        List<Receipt> joined = all(busy.stream().map(id -> journal.submit(new JoinRoom(id, as(BOB)))).toList());
        assertThat(joined).allSatisfy(receipt ->
                assertThat(((Receipt.Refused) receipt).problem().code()).isEqualTo(ErrorCode.NOT_FOUND));
        // A refusal changes nothing: everything known was found in the log.
        assertThat(busy).allSatisfy(id -> assertThat(views.cached(id)).isEqualTo(rooms.view(id)));
        before.forEach(this::knowNoMoreThan);

        List<Receipt> posted = all(busy.stream()
                .map(id -> journal.submit(new PostMessage(id, as(ALICE), "more", "more", 0, false, List.of(), false))).toList());
        assertThat(posted).isEqualTo(busy.stream().map(id -> new Receipt.Committed(views.cached(id).orElseThrow().offset())).toList());
        assertThat(busy).allSatisfy(id -> assertThat(views.cached(id)).isEqualTo(rooms.view(id)));
    }

    @Test
    void personWhomAnotherInstanceBannedCanNotPost() {
        submit(new JoinRoom(room, as(BOB)));
        RoomView before = views.cached(room).orElseThrow();
        submit(new BanUser(room, as(ALICE), BOB, Optional.empty()));
        knowNoMoreThan(before);
        assertThat(((Receipt.Refused) submit(posting(BOB, "said", "said"))).problem().code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(offsets()).containsExactly(1L, 2L, 3L, 4L);
    }

    /** Both as this version stores a message, and as the previous version did. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void messageWhoseKeyNobodyRemembersIsPostedOnce(boolean copied) throws SQLException {
        submit(posting(ALICE, "remembered", "said"));
        execute("delete from message where room = ?", room);
        execute("update room_event set frame = replace(frame, 'remembered', 'forgotten'), key_hash = ? where room = ? and log_offset = 3",
                copied ? null : new PostKey(room, ALICE.id(), "forgotten").hash(), room);
        if (copied) {
            execute("""
                    insert into message (room, log_offset, author, author_name, client_key, content, thread_offset, posted_at)
                    values (?, 3, 'alice', 'Alice', 'forgotten', 'said', 0, 0)""", room);
        }
        assertThat(all(List.of(journal.submit(posting(ALICE, "new", "new")), journal.submit(posting(ALICE, "forgotten", "said")))))
                .containsExactly(new Receipt.Committed(4), new Receipt.Already(3));
        submit(new JoinRoom(room, as(BOB)));
        assertThat(submit(posting(BOB, "forgotten", "bob's"))).as("another author's key").isEqualTo(new Receipt.Committed(6));
        assertThat(texts()).containsExactly("said", "new", "bob's");
    }

    @Test
    void messageWhoseKeyHasTheHashOfAnotherIsPosted() throws SQLException {
        submit(posting(ALICE, "one", "one"));
        execute("update room_event set key_hash = ? where room = ? and log_offset = 3", new PostKey(room, ALICE.id(), "other").hash(),
                room);
        assertThat(submit(posting(ALICE, "other", "other"))).isEqualTo(new Receipt.Committed(4));
        assertThat(texts()).containsExactly("one", "other");
    }

    @Test
    void writersContinueWhenTheirConnectionsBreak() throws SQLException {
        List<Receipt> receipts = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            receipts.add(submit(posting(ALICE, "key-" + n, "hi")));
            if (n == 10 && isPostgreSql()) {
                assertThat(count("select count(pg_terminate_backend(pid)) from pg_stat_activity where query like 'with free as%'"))
                        .as("connections of writers, also of the other application").isPositive();
            }
        }
        assertThat(receipts).isEqualTo(LongStream.rangeClosed(3, 22).mapToObj(Receipt.Committed::new).toList());
        assertThat(offsets()).isEqualTo(LongStream.rangeClosed(1, 22).boxed().toList());
    }

    private boolean isPostgreSql() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        }
    }

    private long count(String sql, Object... arguments) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void execute(String sql, Object... arguments) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }

    @Test
    void rebuildKeepsNobodyWaiting() throws SQLException {
        int messages = 4_000;
        for (int from = 0; from < messages; from += 500) {
            all(IntStream.range(from, from + 500).mapToObj(n -> journal.submit(posting(ALICE, "key-" + n, "text " + n))).toList());
        }
        String other = roomOfWriter(Math.floorMod(room.hashCode(), settings.journal().writers()));
        submit(new CreateRoom(other, as(ALICE), RoomProfile.open("Other " + other)));
        CompletableFuture<Rebuilding.Outcome> rebuilt = CompletableFuture.supplyAsync(() -> rebuilding.rebuild(room), executor);
        int meanwhile = 0;
        int during = 0;
        Duration slowest = Duration.ZERO;
        while (!rebuilt.isDone()) {
            Instant begin = Instant.now();
            submit(new PostMessage(other, as(ALICE), "free-" + meanwhile, "free", 0, false, List.of(), false));
            Duration took = Duration.between(begin, Instant.now());
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            assertThat(submit(posting(ALICE, "meanwhile-" + meanwhile, "meanwhile"))).isInstanceOf(Receipt.Committed.class);
            meanwhile++;
            during += rebuilt.isDone() ? 0 : 1;
        }
        System.out.println("JournalIT: during a rebuild, the slowest post elsewhere took " + slowest.toMillis() + " ms; " + during
                + " posts to the room itself were stored");
        assertThat(during).as("posts to the room that were stored during its rebuild").isGreaterThan(1);
        assertThat(slowest).as("the slowest post elsewhere").isLessThan(Duration.ofMillis(250));
        assertThat(((Rebuilding.Outcome.Rebuilt) rebuilt.join()).events()).isBetween(messages + 2L, messages + 2L + meanwhile);
        assertThat(rooms.view(room)).isEqualTo(views.cached(room));
        assertThat(count("select count(*) from room_event where room = ? and key_hash is not null", room)
                + count("select count(*) from message where room = ?", room)).isEqualTo(messages + meanwhile);
        assertThat(count("select count(*) from message where room like 'rebuild:%'")).isZero();
        assertThat(count("select count(*) from rebuild where room = ?", room)).isZero();
    }

    @Test
    void rebuildThatRunsIsNotStartedTwice() throws SQLException {
        execute("insert into rebuild (room, shadow, touched_at) values (?, 'rebuild:other', ?)", room, System.currentTimeMillis());
        assertThat(rebuilding.rebuild(room)).isEqualTo(new Rebuilding.Outcome.Running());
    }

    @Test
    void rebuildWhoseInstanceEndedLeavesNothing() throws SQLException {
        submit(posting(ALICE, "key", "text"));
        String shadow = "rebuild:" + UUID.randomUUID();
        execute("insert into rebuild (room, shadow, touched_at) values (?, ?, 0)", room, shadow);
        execute("""
                insert into message (room, log_offset, author, author_name, client_key, content, thread_offset, posted_at)
                values (?, 3, 'alice', 'Alice', 'key', 'text', 0, 0)""", shadow);
        forgetting.enforce(Instant.now());
        assertThat(count("select count(*) from message where room = ?", shadow)).isZero();
        assertThat(rebuilding.rebuild(room)).isEqualTo(new Rebuilding.Outcome.Rebuilt(3));
        assertThat(texts()).containsExactly("text");
    }

    @Test
    void viewThatIsNotCachedIsLoadedBeforeTheRoomIsLocked() throws SQLException {
        // H2 does not show who waits for a lock. In the server an assumption would be an error.
        if (!isPostgreSql()) {
            return;
        }
        views.forget(room);
        try (Connection blocking = database.getConnection()) {
            blocking.setAutoCommit(false);
            try (Statement statement = blocking.createStatement()) {
                statement.execute("lock table membership in access exclusive mode");
                CompletableFuture<Receipt> posted = journal.submit(posting(ALICE, "key", "text"));
                while (count("select count(*) from pg_locks where not granted and relation = 'membership'::regclass") == 0) {
                    Thread.onSpinWait();
                }
                statement.execute("select head from room where id = '" + room + "' for update nowait");
                blocking.rollback();
                assertThat(posted.join()).isEqualTo(new Receipt.Committed(3));
            }
            blocking.setAutoCommit(true);
        }
    }

    @Test
    void whoIsFurtherBehindThanAReplayStillKnowsTheRoom() {
        RoomView before = views.cached(room).orElseThrow();
        all(IntStream.range(0, RoomLog.LONGEST_REPLAY + 1).mapToObj(n -> journal.submit(posting(ALICE, "key-" + n, "hi"))).toList());
        knowNoMoreThan(before);
        assertThat(log.within(List.of(new RoomLog.Span(room, before.offset(), before.offset() + RoomLog.LONGEST_REPLAY + 1)))).isEmpty();
        assertThat(submit(posting(ALICE, "last", "last"))).isEqualTo(new Receipt.Committed(before.offset() + RoomLog.LONGEST_REPLAY + 2));
        assertThat(rooms.view(room)).isEqualTo(views.cached(room));
    }

    @Test
    void aViewInDoubtIsComparedWithTheLogBeforeItIsUsed() {
        RoomView before = views.cached(room).orElseThrow();
        submit(posting(ALICE, "said", "said"));
        knowNoMoreThan(before);
        assertThat(views.of(room).join()).as("just heard of").contains(before);
        views.doubt(room);
        assertThat(views.of(room).join()).isEqualTo(rooms.view(room));
    }

    @Test
    void anOlderViewThatComesLatePutsNoLaterOneInDoubt() {
        RoomView older = views.cached(room).orElseThrow();
        submit(posting(ALICE, "said", "said"));
        views.advance(older);
        assertThat(views.of(room)).as("here, and not read again").isCompletedWithValue(views.cached(room));
        assertThat(views.cached(room)).isEqualTo(rooms.view(room));
    }

    // As if another instance had committed what came after.
    private void knowNoMoreThan(RoomView view) {
        views.forget(view.id());
        views.advance(view);
    }

    @Test
    void theAuditForgetsWhatIsOlderThanItIsKept() {
        Instant now = Instant.now();
        Instant old = now.minus(Duration.ofDays(400));
        String user = UUID.randomUUID().toString();
        audit.write(Stream.of(old, now).map(at -> new AuditEvent(at, "test", user, null, null, null, "x".repeat(300), 1)).toList());
        audit.forget(now.minus(Duration.ofDays(365)));
        assertThat(audit.page(AuditLog.Question.by(user), "", 10))
                .extracting(entry -> entry.event().at().toEpochMilli()).containsExactly(now.toEpochMilli());
    }

    @Test
    void theSameKeyAtOnceIsOneMessage() {
        List<Receipt> receipts = all(IntStream.range(0, 40)
                .mapToObj(n -> journal.submit(posting(ALICE, "same", "hi"))).toList());
        assertThat(receipts).filteredOn(Receipt.Committed.class::isInstance).containsExactly(new Receipt.Committed(3));
        assertThat(receipts).filteredOn(Receipt.Already.class::isInstance).hasSize(39)
                .containsOnly(new Receipt.Already(3));
        assertThat(offsets()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void everyOffsetIsGivenOnceWhoeverWritesAtOnce() {
        submit(new JoinRoom(room, as(BOB)));
        List<CompletableFuture<Receipt>> coming = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            coming.add(journal.submit(posting(n % 2 == 0 ? ALICE : BOB, "key-" + n, "text " + n)));
        }
        List<Long> given = all(coming).stream().map(receipt -> ((Receipt.Committed) receipt).offset()).toList();
        assertThat(given).doesNotHaveDuplicates().isSorted();
        assertThat(offsets()).isEqualTo(LongStream.rangeClosed(1, 303).boxed().toList());
    }

    @Test
    void theViewIsTheFoldOfTheLog() {
        submit(new JoinRoom(room, as(BOB)));
        submit(new JoinRoom(room, as(CAROL)));
        submit(posting(CAROL, "k", "hi"));
        submit(new LeaveRoom(room, as(BOB)));
        RoomView stored = rooms.view(room).orElseThrow();
        RoomView folded = RoomView.empty(room, stored.epoch()).after(log.events(room, 0));
        assertThat(stored).isEqualTo(folded).isEqualTo(views.of(room).join().orElseThrow());
        assertThat(stored.members().byId()).containsOnlyKeys("alice", "carol");
    }

    @Test
    void historyReadsWhatTheLogHolds() {
        IntStream.range(0, 10).forEach(n -> submit(posting(ALICE, "key-" + n, "text " + n)));
        List<Message> newest = history.read(0, room, HistoryPage.upTo(Long.MAX_VALUE - 1, 4), "bob").messages();
        assertThat(newest).extracting(Message::text).containsExactly("text 6", "text 7", "text 8", "text 9");
        List<Long> logged = log.after(room, 0).stream().map(LoggedFrame::event)
                .filter(event -> event.change() instanceof MessageChange.Posted).map(RoomEvent::offset).toList();
        assertThat(history.read(0, room, HistoryPage.upTo(Long.MAX_VALUE - 1, 100), "bob").messages()).extracting(Message::offset)
                .isEqualTo(logged);
    }

    @RepeatedTest(2)
    void anOldViewAndTheEventsSinceAreTheRoomAsItIs() {
        List<RoomView> seen = new ArrayList<>(List.of(rooms.view(room).orElseThrow()));
        live(200, () -> seen.add(rooms.view(room).orElseThrow()));
        RoomView now = rooms.view(room).orElseThrow();
        assertThat(seen).hasSize(1 + 200 / 10 + 1).allSatisfy(
                old -> assertThat(old.after(log.events(room, old.offset()))).isEqualTo(now));
    }

    @RepeatedTest(2)
    void whatPeopleQueryCanBeMadeAnewFromTheLog() {
        live(200, () -> { });
        RoomView before = rooms.view(room).orElseThrow();
        List<Message> messages = history.read(0, room, HistoryPage.upTo(Long.MAX_VALUE - 1, 100), "bob").messages();
        assertThat(rebuilding.rebuild(room)).isEqualTo(new Rebuilding.Outcome.Rebuilt(before.offset()));
        assertThat(rooms.view(room)).contains(before);
        assertThat(history.read(0, room, HistoryPage.upTo(Long.MAX_VALUE - 1, 100), "bob").messages()).isEqualTo(messages).isNotEmpty();
    }

    @Test
    void whatIsOlderThanItsRoomKeepsItGoesAndTheMembersStay() {
        submit(changing(ALICE, Optional.empty(), Retention.of("30d")));
        all(IntStream.range(0, 1_200).mapToObj(n -> journal.submit(posting(ALICE, "old-" + n, "old"))).toList());
        submit(new JoinRoom(room, as(BOB)));
        RoomView before = rooms.view(room).orElseThrow();

        Instant inThirtyDays = Instant.now().plus(Duration.ofDays(30));
        assertThat(forgetting.enforce(inThirtyDays.minus(Duration.ofHours(1)))).as("still young").isZero();
        assertThat(forgetting.enforce(inThirtyDays.plus(Duration.ofHours(1)))).isGreaterThanOrEqualTo(1_200);

        assertThat(history.read(0, room, HistoryPage.upTo(Long.MAX_VALUE - 1, 100), "bob").messages()).isEmpty();
        assertThat(offsets()).containsExactly(1L, 2L, 3L, before.offset());
        assertThat(rooms.view(room)).contains(before);
        rebuilding.rebuild(room);
        assertThat(rooms.view(room)).contains(before);
        assertThat(submit(posting(BOB, "new", "new"))).isEqualTo(new Receipt.Committed(before.offset() + 1));
    }

    @Test
    void aRoomThatKeepsNothingStoresOnlyItsMembers() {
        submit(changing(ALICE, Optional.empty(), Optional.of(Retention.NONE)));
        assertThat(submit(posting(ALICE, "said", "said"))).isEqualTo(new Receipt.Committed(4));
        assertThat(submit(posting(ALICE, "said", "said"))).isEqualTo(new Receipt.Already(4));
        assertThat(submit(new PostMessage(room, as(ALICE), "answer", "answer", 4, false, List.of(), false)))
                .isEqualTo(new Receipt.Committed(5));
        submit(new JoinRoom(room, as(BOB)));

        assertThat(log.after(room, 3)).as("in memory").extracting(LoggedFrame::offset).containsExactly(4L, 5L, 6L);
        assertThat(log.events(room, 0)).as("stored").extracting(RoomEvent::offset).containsExactly(1L, 2L, 3L, 6L);
        assertThat(history.read(0, room, HistoryPage.upTo(Long.MAX_VALUE - 1, 100), "bob").messages()).isEmpty();
        assertThat(rooms.view(room)).isEqualTo(Optional.of(views.of(room).join().orElseThrow()));
    }

    @Test
    void aClosedRoomStaysClosedWhenItIsRebuilt() {
        submit(new CloseRoom(room, as(ALICE)));
        RoomView closed = rooms.view(room).orElseThrow();
        assertThat(closed.closed()).isTrue();
        rebuilding.rebuild(room);
        assertThat(rooms.view(room)).contains(closed);
        assertThat(((Receipt.Refused) submit(posting(ALICE, "after", "after"))).problem().code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aRoomThatIsNotThereCanNotBeRebuilt() {
        assertThat(rebuilding.rebuild("nowhere")).isEqualTo(new Rebuilding.Outcome.NoSuchRoom());
    }

    /** Anybody does anything, in an order that the seed in the report repeats; someone looks at every tenth command, and at the end. */
    private void live(int commands, Runnable look) {
        long seed = System.nanoTime();
        System.out.println("JournalIT: the room's life has the seed " + seed);
        Random random = new Random(seed);
        List<User> people = List.of(ALICE, BOB, CAROL);
        for (int n = 0; n < commands; n++) {
            User by = people.get(random.nextInt(people.size()));
            String other = people.get(random.nextInt(people.size())).id();
            Instant soon = Instant.now().plusMillis(1 + random.nextInt(50)).truncatedTo(ChronoUnit.MILLIS);
            submit(switch (random.nextInt(16)) {
                case 0, 1 -> new JoinRoom(room, as(by));
                case 2 -> new LeaveRoom(room, as(by));
                case 3 -> changing(by, Optional.of("Name " + n), Optional.empty());
                case 4, 5 -> new ChangeRole(room, admin(by), new User(other, other), Role.values()[random.nextInt(4)]);
                case 6 -> new BanUser(room, admin(by), new User(other, other), random.nextBoolean() ? Optional.empty() : Optional.of(soon));
                case 7 -> new LiftBan(room, admin(by), other);
                case 8 -> new MuteUser(room, admin(by), new User(other, other), soon);
                case 9 -> new LiftMute(room, admin(by), other);
                case 10 -> new RemoveMember(room, admin(by), other);
                default -> posting(by, "key-" + random.nextInt(commands), "text " + n);
            });
            if (n % 10 == 0) {
                look.run();
            }
        }
        look.run();
    }

    private UpdateRoom changing(User by, Optional<String> name, Optional<Retention> retention) {
        return new UpdateRoom(room, as(by), name, Optional.empty(), retention);
    }

    private PostMessage posting(User by, String key, String text) {
        return new PostMessage(room, as(by), key, text, 0, false, List.of(), false);
    }

    // What another writer commits at the same time is not seen yet.
    private String roomOfWriter(int which) {
        return Stream.generate(() -> UUID.randomUUID().toString())
                .filter(id -> Math.floorMod(id.hashCode(), settings.journal().writers()) == which).findFirst().orElseThrow();
    }

    private Receipt submit(Proposal proposal) {
        return journal.submit(proposal).join();
    }

    private static List<Receipt> all(List<CompletableFuture<Receipt>> coming) {
        return coming.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void lockedRoomKeepsNoOtherRoomWaiting() throws Exception {
        int writer = Math.floorMod(room.hashCode(), settings.journal().writers());
        String other = roomOfWriter(writer);
        submit(new CreateRoom(other, as(ALICE), RoomProfile.open("Other " + other)));
        List<CompletableFuture<Receipt>> waiting = new ArrayList<>();
        Duration slowest = Duration.ZERO;
        try (Connection connection = database.getConnection()) {
            lock(connection, room);
            for (int n = 0; n < 50; n++) {
                waiting.add(journal.submit(posting(ALICE, "locked-" + n, "locked " + n)));
                Instant begin = Instant.now();
                submit(new PostMessage(other, as(ALICE), "free-" + n, "free", 0, false, List.of(), false));
                Duration took = Duration.between(begin, Instant.now());
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            connection.rollback();
            connection.setAutoCommit(true);
        }
        System.out.println("JournalIT: the slowest post beside a locked room took " + slowest.toMillis() + " ms");
        assertThat(all(waiting)).isEqualTo(LongStream.range(3, 53).mapToObj(Receipt.Committed::new).toList());
        assertThat(log.after(room, 2).stream().map(logged -> ((MessageChange.Posted) logged.event().change()).text()).toList())
                .isEqualTo(IntStream.range(0, 50).mapToObj(n -> "locked " + n).toList());
    }

    @Test
    void commandsOfARoomThatStaysLockedAreRefusedAsUnavailable() throws Exception {
        try (Connection connection = database.getConnection()) {
            lock(connection, room);
            CompletableFuture<Receipt> late = journal.submit(posting(ALICE, "late", "late"));
            while (!late.copy().completeOnTimeout(null, 500, TimeUnit.MILLISECONDS).handle((done, failed) -> done != null).join()) {
                // PostgreSQL ends a transaction that is idle for seconds.
                lock(connection, room);
            }
            assertThat(((Receipt.Refused) late.join()).problem().code()).isEqualTo(ErrorCode.UNAVAILABLE);
            connection.rollback();
            connection.setAutoCommit(true);
        }
        // An attempt that was running when the command was refused may have stored it after all. Repeating it is safe.
        assertThat(submit(posting(ALICE, "late", "late"))).isIn(new Receipt.Committed(3), new Receipt.Already(3));
    }

    private static void lock(Connection connection, String room) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement("select head from room where id = ? for update")) {
            statement.setString(1, room);
            statement.executeQuery();
        }
    }

    // As after a failover to a database that lacks the last commits.
    private void setBackTo(long offset) throws SQLException {
        try (Connection connection = database.getConnection()) {
            for (String sql : List.of("delete from room_event where room = ? and log_offset > ?",
                    "delete from message where room = ? and log_offset > ?", "update room set head = ? where id = ?")) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    boolean head = sql.startsWith("update");
                    statement.setString(head ? 2 : 1, room);
                    statement.setLong(head ? 1 : 2, offset);
                    statement.executeUpdate();
                }
            }
        }
    }

    private List<String> texts() {
        return history.read(1, room, HistoryPage.upTo(Long.MAX_VALUE - 1, 50), "bob").messages().stream().map(Message::text).toList();
    }

    private List<Long> offsets() {
        return log.after(room, 0).stream().map(LoggedFrame::offset).toList();
    }

    private static Actor as(User user) {
        return new Actor(user, false);
    }

    private static Actor admin(User user) {
        return new Actor(user, true);
    }
}
