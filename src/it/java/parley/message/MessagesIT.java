package parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.identity.Actor;
import parley.journal.Copies;
import parley.journal.EnforcingRetention;
import parley.journal.Journal;
import parley.journal.LoggedFrame;
import parley.journal.MovingCopies;
import parley.journal.PastMessage;
import parley.journal.PastMessages;
import parley.journal.Rebuilding;
import parley.journal.Receipt;
import parley.journal.RoomLog;
import parley.protocol.HistoryPage;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.Retention;
import parley.protocol.RoomEvent;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.CreateRoom;
import parley.room.JoinRoom;
import parley.room.Proposal;
import parley.room.UpdateRoom;
import parley.server.Deployments;
import parley.server.InsideServer;
import parley.sql.Statements;

/** Messages and their changes in the container: what tables and log hold after edits, reactions, pins, replies and deletions. */
@InsideServer
class MessagesIT {

    private static final List<User> PEOPLE = Stream.of("writer-alice", "writer-bob", "writer-carol").map(id -> new User(id, id)).toList();
    private static final List<String> EMOJIS = List.of("👍", "🚢", "❤️");
    private static final String SECRET = "planted-" + UUID.randomUUID();
    private static final Optional<Duration> ALWAYS = Optional.empty();

    @Inject
    private Journal journal;
    @Inject
    private RoomLog log;
    @Inject
    private History history;
    @Inject
    private Rebuilding rebuilding;
    @Inject
    private EnforcingRetention retention;
    @Inject
    private PastMessages pastMessages;
    @Inject
    private Copies copies;
    @Inject
    private MovingCopies moving;
    @Resource(lookup = "jdbc/parley")
    private DataSource database;

    private final String room = UUID.randomUUID().toString();

    @Deployment
    static WebArchive inside() {
        return Deployments.inside();
    }

    @BeforeEach
    void threePeopleHaveARoom() {
        submit(new CreateRoom(room, as(0), RoomProfile.open("Room " + room)));
        submit(new JoinRoom(room, as(1)));
        submit(new JoinRoom(room, as(2)));
    }

    @Test
    void deletedTextIsInNoTable() throws SQLException {
        long message = post(0, SECRET + " posted", 0);
        submit(new EditMessage(room, as(0), message, SECRET + " edited", Optional.of(List.of("writer-bob")), ALWAYS));
        submit(new EditMessage(room, as(0), message, SECRET + " edited again", Optional.empty(), ALWAYS));
        submit(new React(room, as(1), message, "👍", true));
        submit(new PinMessage(room, as(1), message, true));
        assertThat(tablesWith(SECRET)).contains("room_event");

        submit(new DeleteMessage(room, as(0), message));

        assertThat(tablesWith(SECRET)).isEmpty();
        assertThat(history.versions(room, message)).isEmpty();
        assertThat(log.after(room, message - 1)).extracting(logged -> logged.event().change()).startsWith(
                new MessageChange.Posted("", "k0", 0, false, List.of(), false, true),
                new MessageChange.Edited(message, "", List.of(), true), new MessageChange.Edited(message, "", List.of(), true));
        Message shown = history.one(room, message, "writer-bob").orElseThrow();
        assertThat(shown.deleted()).isTrue();
        assertThat(List.of(shown.text(), shown.mentions(), shown.reactions(), shown.edited(), shown.pinned()))
                .containsExactly("", List.of(), List.of(), Optional.empty(), false);
    }

    @Test
    void commandsOfOneBatchSeeEachOther() throws SQLException {
        long message = post(0, "before", 0) + 1;
        List<Receipt> receipts = all(Stream.of(new PostMessage(room, as(0), "secret", SECRET, 0, false, List.of(), false),
                new EditMessage(room, as(0), message, SECRET + " edited", Optional.empty(), ALWAYS),
                        new React(room, as(1), message, "👍", true),
                new React(room, as(1), message, "👍", true), new PinMessage(room, as(2), message, true),
                new PostMessage(room, as(1), "reply", "a reply", message, false, List.of(), false), new DeleteMessage(room, as(0), message),
                new EditMessage(room, as(0), message, SECRET + " again", Optional.empty(), ALWAYS)).map(journal::submit).toList());

        assertThat(receipts.subList(0, 7)).containsExactly(new Receipt.Committed(message), new Receipt.Committed(message + 1),
                new Receipt.Committed(message + 2), new Receipt.Already(message + 2), new Receipt.Committed(message + 3),
                new Receipt.Committed(message + 4), new Receipt.Committed(message + 5));
        assertThat(receipts.getLast()).isInstanceOf(Receipt.Refused.class);
        assertThat(tablesWith(SECRET)).isEmpty();
        assertThat(history.one(room, message, "writer-bob").orElseThrow().replies().orElseThrow().count()).isEqualTo(1);
    }

    /** As many steps as keep the test short; the seeds are fixed, so a failure can be repeated. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tablesAreTheFoldOfTheLogAndTheSameAfterARebuild(long seed) {
        Random random = new Random(seed);
        List<Long> messages = new ArrayList<>(List.of(post(0, "first", 0)));
        chat(random, messages, 40);
        List<Message> folded = fold(events());

        assertThat(everything()).isEqualTo(folded);
        rebuilding.rebuild(room);
        assertThat(everything()).as("after a rebuild").isEqualTo(folded);
        List<Message> inRoom = folded.stream().filter(message -> message.thread() == 0 || message.also()).toList();
        assertThat(history.read(0, room, HistoryPage.upTo(Long.MAX_VALUE - 1, 50), "writer-bob").messages())
                .isEqualTo(inRoom.subList(Math.max(0, inRoom.size() - 50), inRoom.size()));
        HistoryPage pins = new HistoryPage(0, -1, 0, Optional.empty(), 0, true, 100);
        assertThat(history.read(0, room, pins, "writer-bob").messages()).isEqualTo(folded.stream().filter(Message::pinned).toList());
    }

    /** As in a rolling upgrade: the previous version reads a table that has a copy of each message. */
    @Test
    void messagesAreCopiedWhileThePreviousVersionRunsAndMovedAfterwards() throws Exception {
        Random random = new Random(4);
        List<Long> messages = new ArrayList<>(List.of(post(0, "first", 0)));
        long copied;
        execute("insert into instance (node, version, started_at, seen_at, event_kinds, event_kinds_at) values ('older', '1', 0, "
                + Long.MAX_VALUE + ", 3, " + Long.MAX_VALUE + ")");
        try {
            await(copies::needed);
            copied = post(0, SECRET, 0);
            assertThat(tablesWith(SECRET)).containsExactlyInAnyOrder("message", "room_event");
            submit(new DeleteMessage(room, as(0), copied));
            assertThat(tablesWith(SECRET)).isEmpty();
            chat(random, messages, 15);
            assertThat(moving.moveAll()).as("copies moved while they are needed").isZero();
            assertThat(rows("message")).isPositive();
            assertThat(everything()).isEqualTo(fold(events()));
        } finally {
            execute("delete from instance where node = 'older'");
        }
        await(() -> !copies.needed());
        chat(random, messages, 15);
        List<Message> folded = fold(events());
        assertThat(everything()).as("with some copies").isEqualTo(folded);
        assertThat(shown()).isEqualTo(folded.stream().filter(message -> message.thread() == 0 || message.also()).toList());

        moving.moveAll();

        assertThat(rows("message")).as("copies").isZero();
        assertThat(everything()).as("without copies").isEqualTo(folded);
        assertThat(shown()).isEqualTo(folded.stream().filter(message -> message.thread() == 0 || message.also()).toList());
        rebuilding.rebuild(room);
        assertThat(rows("message")).as("copies after a rebuild").isZero();
        assertThat(everything()).as("after a rebuild").isEqualTo(folded);
        assertThat(shown()).as("after a rebuild").isEqualTo(
                folded.stream().filter(message -> message.thread() == 0 || message.also()).toList());
    }

    @Test
    void messageThatThePreviousVersionCopiedWhenItRebuiltTheRoomIsShownOnce() throws Exception {
        await(() -> !copies.needed());
        long root = post(0, "root", 0);
        long reply = post(1, "reply", root);
        for (long offset : new long[] {root, reply}) {
            execute("""
                    insert into message (room, log_offset, author, author_name, client_key, content, thread_offset, posted_at)
                    select room, log_offset, actor, actor, 'k' || log_offset, 'copy', coalesce(thread_offset, 0), happened_at
                    from room_event where room = '%s' and log_offset = %d""".formatted(room, offset));
        }
        long other = post(2, "other", 0);
        assertThat(shown()).extracting(Message::offset).containsExactly(root, other);
        HistoryPage replies = new HistoryPage(0, 0, 0, Optional.empty(), root, false, 100);
        assertThat(history.read(0, room, replies, "writer-bob").messages()).extracting(Message::text).containsExactly("reply");
        forgetThreads();
        submit(new DeleteMessage(room, as(2), post(2, "second reply", root)));
        assertThat(history.one(room, root, "writer-bob").orElseThrow().replies().orElseThrow().count()).as("counted once").isEqualTo(1);
        moving.moveAll();
        assertThat(shown()).extracting(Message::text).containsExactly("root", "other");
    }

    private void chat(Random random, List<Long> messages, int steps) {
        for (int step = 0; step < steps; step++) {
            all(IntStream.range(0, 8).mapToObj(n -> journal.submit(anything(random, messages))).toList());
            messages.clear();
            events().stream().filter(event -> event.change() instanceof MessageChange.Posted)
                    .forEach(event -> messages.add(event.offset()));
        }
    }

    private List<Message> shown() {
        return history.read(0, room, HistoryPage.upTo(Long.MAX_VALUE - 1, 1_000), "writer-bob").messages();
    }

    // The copies are needed or not as of the latest probe of the database, a second ago at most.
    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void theTextOfAFileIsInNoTableAfterItsMessage() throws Exception {
        submit(new UpdateRoom(room, as(0), Optional.empty(), Optional.empty(), Retention.of("1d")));
        String secret = "filed-" + UUID.randomUUID();
        long deleted = postFile(secret);
        long replaced = postFile(secret);
        postFile(secret);
        await(() -> texts(secret) == 3);

        submit(new DeleteMessage(room, as(0), deleted));
        assertThat(texts(secret)).as("after a deletion").isEqualTo(2);
        submit(new EditMessage(room, as(0), replaced, "without the file", Optional.empty(), Optional.of(List.of()), ALWAYS));
        assertThat(texts(secret)).as("after an edit without the file").isEqualTo(1);
        retention.enforce(Instant.now().plus(Duration.ofDays(2)));
        assertThat(tablesWith(secret)).isEmpty();
    }

    private long texts(String secret) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from file_text where content = '" + secret + "'")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    // A file of text that is ready, as an upload leaves it.
    private long postFile(String text) throws SQLException {
        String id = UUID.randomUUID().toString().substring(0, 32);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Connection connection = database.getConnection()) {
            Statements.update(connection, """
                    insert into file (id, room, owner, name, type, size, received, state, width, height, thumbnail, in_bucket, tries,
                    created_at, changed_at) values (?, ?, ?, 'a.txt', 'text/plain', ?, ?, 'READY', 0, 0, false, false, 1, ?, ?)""",
                    id, room, as(0).id(), bytes.length, bytes.length, System.currentTimeMillis(), System.currentTimeMillis());
            Statements.update(connection, "insert into file_chunk (file, start_at, bytes) values (?, 0, ?)", id, bytes);
        }
        return submitted(new PostMessage(room, as(0), id, "a file", 0, false, List.of(), false, List.of(id)));
    }

    @Test
    void retentionRemovesEditsReactionsPinsAndThreadsWithTheirMessage() throws SQLException {
        submit(new UpdateRoom(room, as(0), Optional.empty(), Optional.empty(), Retention.of("1d")));
        long old = post(0, SECRET, 0);
        awaitNextMillisecond();
        Instant between = Instant.now();
        awaitNextMillisecond();
        submit(new EditMessage(room, as(0), old, SECRET + " edited", Optional.empty(), ALWAYS));
        submit(new React(room, as(1), old, "👍", true));
        submit(new PinMessage(room, as(1), old, true));
        long reply = post(1, "reply", old);

        retention.enforce(between.plus(Duration.ofDays(1)));

        assertThat(tablesWith(SECRET)).isEmpty();
        assertThat(events()).extracting(RoomEvent::offset).as("the edit keeps its offset").contains(old + 1).doesNotContain(old);
        assertThat(history.one(room, old, "writer-bob")).isEmpty();
        assertThat(history.one(room, reply, "writer-bob")).isPresent();
        List<Long> rows = List.of(rows("reaction"), rows("reaction_count"), rows("pin"), rows("thread"), rows("thread_person"),
                rows("message_version"));
        assertThat(rows).containsOnly(0L);
        rebuilding.rebuild(room);
        assertThat(List.of(rows("reaction"), rows("reaction_count"), rows("pin"), rows("thread"), rows("message_version")))
                .containsOnly(0L);
    }

    private static PastMessage past(int person, String key, Instant at, Optional<PastMessage.Root> answers, Optional<Instant> edited) {
        return new PastMessage(PEOPLE.get(person), at, key, "about " + key, answers, false, List.of("writer-bob"), List.of(), edited,
                List.of(new PastMessage.Reaction(PEOPLE.get(1), "🚢"), new PastMessage.Reaction(PEOPLE.get(2), "🚢")),
                Optional.of(PEOPLE.get(0)));
    }

    @Test
    void messagesOfThePastKeepTheirTimesAndAreAddedOnce() throws Exception {
        await(() -> !copies.needed());
        Instant then = Instant.parse("2020-01-01T00:00:00Z");
        long before = post(0, "before", 0);
        Optional<PastMessage.Root> root = Optional.of(new PastMessage.Root("writer-alice", "root"));
        List<PastMessage> first = List.of(past(0, "root", then, Optional.empty(), Optional.of(then.plusSeconds(60))),
                past(1, "reply", then.plusSeconds(1), root, Optional.empty()));
        List<PastMessage> later = List.of(past(0, "root", then, Optional.empty(), Optional.empty()),
                past(2, "second", then.plusSeconds(2), root, Optional.empty()),
                past(2, "lost", then.plusSeconds(3), Optional.of(new PastMessage.Root("writer-bob", "root")), Optional.empty()),
                past(2, "lost", then.plusSeconds(3), Optional.empty(), Optional.empty()));

        assertThat(pastMessages.add(room, first)).isEqualTo(2);
        assertThat(pastMessages.add(room, later)).isEqualTo(2);
        List<RoomEvent> log = events();
        assertThat(pastMessages.add(room, first) + pastMessages.add(room, later)).as("again").isZero();

        assertThat(events()).isEqualTo(log);
        assertThat(everything()).isEqualTo(fold(log));
        assertThat(shown()).extracting(Message::text).containsExactly("before", "about root", "about lost");
        Message shown = shown().get(1);
        assertThat(shown.at()).isEqualTo(then);
        assertThat(shown.edited()).hasValue(then.plusSeconds(60));
        assertThat(shown.replies().orElseThrow().count()).isEqualTo(2);
        assertThat(shown.offset()).isEqualTo(before + 1);
        assertThat(post(1, "after", shown.offset())).isEqualTo(log.getLast().offset() + 1);
    }

    @Test
    void aYoungEditOfAnOldMessageDoesNotKeepTheMessagesAfterIt() throws Exception {
        await(() -> !copies.needed());
        Instant then = Instant.parse("2020-01-01T00:00:00Z");
        pastMessages.add(room, List.of(past(0, SECRET, then, Optional.empty(), Optional.of(Instant.now())),
                past(0, SECRET + " again", then.plusSeconds(1), Optional.empty(), Optional.empty())));
        long young = post(0, "young", 0);
        submit(new UpdateRoom(room, as(0), Optional.empty(), Optional.empty(), Retention.of("1d")));

        retention.enforce(Instant.now());

        assertThat(tablesWith(SECRET)).isEmpty();
        assertThat(shown()).extracting(Message::offset).containsExactly(young);
    }

    @Test
    void roomThatStoresNothingEditsAndDeletesInMemory() throws SQLException {
        submit(new UpdateRoom(room, as(0), Optional.empty(), Optional.empty(), Retention.of("none")));
        long message = post(0, SECRET, 0);
        assertThat(submit(new EditMessage(room, as(1), message, "not mine", Optional.empty(), ALWAYS))).isInstanceOf(Receipt.Refused.class);
        assertThat(submit(new EditMessage(room, as(0), message, SECRET + " edited", Optional.empty(), ALWAYS)))
                .isEqualTo(new Receipt.Committed(message + 1));
        assertThat(submit(new React(room, as(1), message, "👍", true))).isEqualTo(new Receipt.Committed(message + 2));
        assertThat(submit(new React(room, as(1), message, "👍", true))).isEqualTo(new Receipt.Already(message + 2));
        assertThat(submit(new PinMessage(room, as(1), message, true))).isEqualTo(new Receipt.Committed(message + 3));
        submit(new DeleteMessage(room, as(0), message));

        assertThat(log.after(room, message - 1)).hasSize(5).noneMatch(logged -> logged.frame().text().contains(SECRET));
        assertThat(tablesWith(SECRET)).isEmpty();
    }

    @Test
    void messageFromBeforeTheRoomStoredNothingIsDeletedFromTheTables() throws SQLException {
        long message = post(0, SECRET, 0);
        submit(new UpdateRoom(room, as(0), Optional.empty(), Optional.empty(), Retention.of("none")));
        assertThat(submit(new DeleteMessage(room, as(0), message))).isEqualTo(new Receipt.Committed(message + 2));
        assertThat(tablesWith(SECRET)).isEmpty();
    }

    @Test
    void threadFromBeforeItsTablesIsCountedWithItsNextReply() throws SQLException {
        long root = post(0, "root", 0);
        post(1, "first", root);
        long second = post(2, "second", root);
        forgetThreads();
        post(0, "third", root);
        assertThat(history.one(room, root, "writer-bob").orElseThrow().replies().orElseThrow())
                .extracting(Message.Replies::count, Message.Replies::by)
                .containsExactly(3, List.of("writer-bob", "writer-carol", "writer-alice"));
        forgetThreads();
        submit(new DeleteMessage(room, as(2), second));
        assertThat(history.one(room, root, "writer-bob").orElseThrow().replies().orElseThrow())
                .extracting(Message.Replies::count, Message.Replies::by).containsExactly(2, List.of("writer-bob", "writer-alice"));
    }

    private void forgetThreads() throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from thread where room = '" + room + "'");
            statement.executeUpdate("delete from thread_person where room = '" + room + "'");
        }
    }

    @Test
    void textsAreThoseOfAMessageOnly() {
        long message = post(0, "text", 0);
        long edit = submitted(new EditMessage(room, as(0), message, "edited", Optional.empty(), ALWAYS));
        assertThat(history.versions(room, message)).hasSize(2);
        assertThat(history.versions(room, edit)).isEmpty();
    }

    @Test
    void pageAroundAPlaceSaysWhatIsOnBothSides() {
        List<Long> offsets = IntStream.range(0, 9).mapToObj(n -> post(0, "message " + n, 0)).toList();
        post(1, "only in the thread", offsets.get(4));
        long shown = submitted(new PostMessage(room, as(1), "also", "also in the room", offsets.get(4), true, List.of(), false));

        parley.protocol.Reply.Page page = history.read(0, room, around(offsets.get(4), 4), "writer-bob");
        assertThat(page.messages()).extracting(Message::offset).containsExactlyElementsOf(offsets.subList(2, 6));
        assertThat(page.more()).isTrue();
        assertThat(page.moreAfter()).contains(true);
        assertThat(page.asOf()).isEqualTo(shown);
        parley.protocol.Reply.Page atEnd = history.read(0, room, around(shown, 4), "writer-bob");
        assertThat(atEnd.messages()).extracting(Message::offset).containsExactly(offsets.get(7), offsets.get(8), shown);
        assertThat(atEnd.moreAfter()).contains(false);
        Instant time = history.one(room, offsets.get(4), "writer-bob").orElseThrow().at();
        HistoryPage at = new HistoryPage(0, -1, 0, Optional.of(time), 0, false, 100);
        assertThat(history.read(0, room, at, "writer-bob").messages()).hasSize(10);
        HistoryPage later = new HistoryPage(0, -1, 0, Optional.of(Instant.now().plusSeconds(60)), 0, false, 2);
        assertThat(history.read(0, room, later, "writer-bob").messages()).extracting(Message::offset).containsExactly(shown);
        HistoryPage replies = new HistoryPage(0, 0, 0, Optional.empty(), offsets.get(4), false, 100);
        assertThat(history.read(0, room, replies, "writer-bob").messages()).extracting(Message::text)
                .containsExactly("only in the thread", "also in the room");
    }

    private static HistoryPage around(long offset, int limit) {
        return new HistoryPage(0, -1, offset, Optional.empty(), 0, false, limit);
    }

    private Proposal anything(Random random, List<Long> messages) {
        Actor by = as(random.nextInt(PEOPLE.size()));
        long message = messages.get(random.nextInt(messages.size()));
        String emoji = EMOJIS.get(random.nextInt(EMOJIS.size()));
        return switch (random.nextInt(9)) {
            case 0, 1 -> new PostMessage(room, by, UUID.randomUUID().toString(), "text " + random.nextInt(), 0, false,
                    List.of("writer-alice"),
                    false);
            case 2 -> new PostMessage(room, by, UUID.randomUUID().toString(), "reply " + random.nextInt(), message, random.nextBoolean(),
                    List.of(), true);
            case 3 -> new EditMessage(room, by, message, "edited " + random.nextInt(), Optional.of(List.of("writer-bob")), ALWAYS);
            case 4 -> new DeleteMessage(room, by, message);
            case 5, 6 -> new React(room, by, message, emoji, true);
            case 7 -> new React(room, by, message, emoji, false);
            default -> new PinMessage(room, by, message, random.nextBoolean());
        };
    }

    /** What bob sees according to the log. */
    private static List<Message> fold(List<RoomEvent> events) {
        Map<Long, Message> messages = new LinkedHashMap<>();
        Map<Long, Map<String, Set<String>>> reactions = new LinkedHashMap<>();
        for (RoomEvent event : events) {
            switch (event.change()) {
                case MessageChange.Posted posted ->
                        messages.put(event.offset(), new Message(event.offset(), event.by(), event.at(), posted.text(),
                        posted.key(), posted.thread(), posted.also(), posted.mentions(), posted.everyone(), Optional.empty(),
                                posted.deleted(),
                        false, List.of(), Optional.empty()));
                case MessageChange.Edited edited -> messages.computeIfPresent(edited.message(), (offset, old) -> edited.deleted() ? old
                        : with(old, edited.text(), edited.mentions(), Optional.of(event.at()), old.pinned()));
                case MessageChange.Deleted deleted -> reactions.remove(deleted.message());
                case MessageChange.ReactionAdded added -> reactions.computeIfAbsent(added.message(), m -> new LinkedHashMap<>())
                        .computeIfAbsent(added.emoji(), e -> new LinkedHashSet<>()).add(event.by().id());
                case MessageChange.ReactionRemoved removed -> {
                    Map<String, Set<String>> ofMessage = reactions.get(removed.message());
                    ofMessage.get(removed.emoji()).remove(event.by().id());
                    ofMessage.values().removeIf(Set::isEmpty);
                }
                case MessageChange.Pinned pin ->
                        messages.computeIfPresent(pin.message(), (offset, old) -> old.deleted() ? old : with(old, true));
                case MessageChange.Unpinned unpin -> messages.computeIfPresent(unpin.message(), (offset, old) -> with(old, false));
                default -> { }
            }
        }
        return messages.values().stream().map(message -> new Message(message.offset(), message.by(), message.at(), message.text(),
                message.key(), message.thread(), message.also(), message.mentions(), message.everyone(), message.edited(),
                        message.deleted(),
                message.pinned(), message.deleted() ? List.of() : reactions(reactions.getOrDefault(message.offset(), Map.of())),
                replies(messages.values(), message.offset()))).toList();
    }

    private static Message with(Message old, boolean pinned) {
        return with(old, old.text(), old.mentions(), old.edited(), pinned);
    }

    private static Message with(Message old, String text, List<String> mentions, Optional<Instant> edited, boolean pinned) {
        return new Message(old.offset(), old.by(), old.at(), text, old.key(), old.thread(), old.also(), mentions, old.everyone(), edited,
                old.deleted(), pinned, List.of(), Optional.empty());
    }

    private static List<Message.Reaction> reactions(Map<String, Set<String>> usersByEmoji) {
        return usersByEmoji.entrySet().stream().map(entry -> new Message.Reaction(entry.getKey(), entry.getValue().size(),
                List.copyOf(entry.getValue()), entry.getValue().contains("writer-bob"))).toList();
    }

    private static Optional<Message.Replies> replies(Iterable<Message> messages, long root) {
        List<Message> replies = new ArrayList<>();
        messages.forEach(message -> {
            if (message.thread() == root && !message.deleted()) {
                replies.add(message);
            }
        });
        return replies.isEmpty() ? Optional.empty() : Optional.of(new Message.Replies(replies.size(), replies.getLast().at(),
                replies.stream().map(message -> message.by().id()).distinct().toList()));
    }

    private List<Message> everything() {
        return events().stream().filter(event -> event.change() instanceof MessageChange.Posted)
                .map(event -> history.one(room, event.offset(), "writer-bob").orElseThrow()).toList();
    }

    private List<RoomEvent> events() {
        return log.after(room, 0).stream().map(LoggedFrame::event).toList();
    }

    private long post(int person, String text, long thread) {
        String key = text.startsWith(SECRET) ? "k0" : UUID.randomUUID().toString();
        return submitted(new PostMessage(room, as(person), key, text, thread, false, List.of(), false));
    }

    private long submitted(Proposal proposal) {
        return ((Receipt.Committed) submit(proposal)).offset();
    }

    private Receipt submit(Proposal proposal) {
        return journal.submit(proposal).join();
    }

    private static List<Receipt> all(List<CompletableFuture<Receipt>> pending) {
        return pending.stream().map(CompletableFuture::join).toList();
    }

    private static Actor as(int person) {
        return new Actor(PEOPLE.get(person), false);
    }

    private static void awaitNextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now) {
            Thread.onSpinWait();
        }
    }

    private long rows(String table) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + table + " where room = '" + room + "'")) {
            count.next();
            return count.getLong(1);
        }
    }

    /** The names of all tables that hold this text in any column. */
    private List<String> tablesWith(String text) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "select table_name from information_schema.tables where lower(table_schema) = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).as("the tables of the product").hasSizeGreaterThan(15);
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
                    if (contains(rows, text)) {
                        found.add(table.toLowerCase(java.util.Locale.ROOT));
                    }
                }
            }
        }
        return found;
    }

    private static boolean contains(ResultSet rows, String text) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                if (String.valueOf(rows.getString(i)).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }
}
