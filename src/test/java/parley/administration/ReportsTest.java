package parley.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.protocol.RoomKind;
import parley.sql.Tables;

/** The queries of the reports, on the tables that the migrations make. */
class ReportsTest {

    private static final Path MIGRATIONS = Path.of(System.getProperty("basedir", ""), "src/main/resources/db/migration");
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final long MILLIS = NOW.toEpochMilli();

    private final Tables tables = migrated();
    @AutoClose
    private final Tables.Running running = tables.begin();
    private final RoomsReport rooms = new RoomsReport(running.em());
    private final PeopleReport people = new PeopleReport(running.em());
    private final HooksReport hooks = new HooksReport(running.em());
    private final ClusterReport cluster = new ClusterReport(running.em());

    private static Tables migrated() {
        Tables tables = new Tables();
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            files.map(file -> file.getFileName().toString())
                    .sorted(Comparator.comparing(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))).forEach(tables::migrate);
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
        return tables;
    }

    @BeforeEach
    void fill() {
        room("board", "Board_room", "private", "null");
        room("general", "General", "public", "null");
        room("old", "Old room", "public", "5");
        person("alice", "Alice");
        person("bob", "Bob");
        execute("insert into membership (room, user_id, user_name, role, since_offset) values ('board', 'bob', 'Bob', 'member', 1)");
        execute("insert into membership (room, user_id, user_name, role, since_offset) values ('board', 'alice', 'Alice', 'owner', 1)");
    }

    @Test
    void aPageOfRoomsBeginsAfterItsKeyAndCountsMembersAndFiles() {
        file("f1", "board", "bob", 30);
        file("f2", "board", "alice", 12);
        assertThat(rooms.page("", Optional.empty(), false, false, "general", 10)).isEmpty();
        assertThat(rooms.page("", Optional.empty(), false, false, "", 1)).containsExactly(new RoomsReport.Entry("board", "Board_room",
                RoomKind.PRIVATE, "forever", 7, Instant.ofEpochMilli(1), Optional.empty(), false, 2, 2, 42));
        assertThat(ids("", Optional.empty(), true)).containsExactly("old");
        assertThat(ids("", Optional.of(RoomKind.PUBLIC), false)).containsExactly("general");
    }

    @Test
    void defaultRoomsAreListedAlone() {
        assertThat(rooms.page("", Optional.empty(), false, true, "", 10)).isEmpty();
        execute("insert into default_room (room, added_by, added_at) values ('general', 'alice', 1)");
        assertThat(rooms.page("", Optional.empty(), false, true, "", 10)).extracting(RoomsReport.Entry::id).containsExactly("general");
        assertThat(rooms.page("", Optional.empty(), false, false, "", 10)).extracting(RoomsReport.Entry::id, RoomsReport.Entry::isDefault)
                .containsExactly(tuple("board", false), tuple("general", true));
    }

    @Test
    void aRoomIsFoundByItsIdAndByAPartOfItsNameAsItIs() {
        assertThat(ids("%", Optional.empty(), false)).isEmpty();
        assertThat(ids("_", Optional.empty(), false)).containsExactly("board");
        assertThat(ids("ENER", Optional.empty(), false)).containsExactly("general");
        assertThat(ids("board", Optional.empty(), false)).containsExactly("board");
    }

    @Test
    void aPersonHasTheirOwnFilesDevicesAndRestrictionsThatHold() {
        assertThat(people.one("nobody", NOW)).isEmpty();
        file("f1", "board", "bob", 30);
        restraint("board", "bob", "muted", String.valueOf(MILLIS + 1));
        restraint("general", "bob", "banned", "null");
        restraint("old", "bob", "banned", "null");
        restraint("board", "alice", "muted", String.valueOf(MILLIS));
        execute("insert into push_subscription (id, person, endpoint, p256dh, auth, created_at, host) "
                + "values ('s', 'bob', 'https://push.example.com/a', 'p', 'a', 9, 'push.example.com')");
        execute("insert into access_ended (user_id, ended_at, ended_by) values ('bob', 8, 'alice')");

        PeopleReport.Details bob = people.one("bob", NOW).orElseThrow();
        assertThat(bob.person().ended()).contains(Instant.ofEpochMilli(8));
        assertThat(bob.person().endedBy()).contains("alice");
        assertThat(List.of(bob.rooms(), bob.files(), bob.bytes())).containsExactly(1L, 1L, 30L);
        assertThat(bob.devices()).containsExactly(new PeopleReport.Device("push.example.com", Instant.ofEpochMilli(9)));
        assertThat(bob.restrictions()).containsExactly(
                new PeopleReport.Restricted("board", "Board_room", "muted", Optional.of(NOW.plusMillis(1))),
                new PeopleReport.Restricted("general", "General", "banned", Optional.empty()));
        assertThat(people.one("alice", NOW).orElseThrow().restrictions()).isEmpty();
        assertThat(people.page("", true, "", 10)).extracting(PeopleReport.Entry::id).containsExactly("bob");
        assertThat(people.page("ali", true, "", 10)).isEmpty();
        assertThat(people.page("BO", true, "", 10)).extracting(PeopleReport.Entry::id).containsExactly("bob");
    }

    @Test
    void aHookTellsHowFarItIsBehindAndWhyItIsDisabled() {
        execute("insert into outlet (id, kind, room, share, created_by, created_at, log_offset, due_at, failures, disabled_at, "
                + "disabled_why) values ('h1', 'webhook', 'board', 's', 'alice', 3, 2, 0, 4, 9, 'gone')");
        execute("insert into webhook (id, url, secret) values ('h1', 'https://a.example/', 'secret')");
        execute("insert into outlet (id, kind, room, share, created_by, created_at, log_offset, due_at) "
                + "values ('h2', 'jms', 'general', 's', 'alice', 3, 7, 0)");
        assertThat(hooks.outgoing("", 10)).containsExactly(
                new HooksReport.Outgoing("h1", "board", "Board_room", "webhook", Optional.of("https://a.example/"), "alice",
                        Instant.ofEpochMilli(3), 5, 4, Optional.of("gone")),
                new HooksReport.Outgoing("h2", "general", "General", "jms", Optional.empty(), "alice", Instant.ofEpochMilli(3), 0, 0,
                        Optional.empty()));
        execute("insert into incoming_hook (id, room, name, token_hash, created_by, created_at) "
                + "values ('i', 'board', 'CI', 't', 'bob', 4)");
        assertThat(hooks.incoming("", 10)).containsExactly(
                new HooksReport.Incoming("i", "board", "Board_room", "CI", "bob", Instant.ofEpochMilli(4), false));
        assertThat(hooks.incoming("i", 10)).isEmpty();
    }

    @Test
    void onlyConnectionsOfRunningInstancesCount() {
        ConnectionRows rows = new ConnectionRows(running.em());
        instance("here", MILLIS - 1_000);
        instance("gone", MILLIS - 60_000);
        rows.replace("here", List.of(new ClusterReport.Count("stream", 9, 9)));
        rows.replace("here", List.of(new ClusterReport.Count("websocket", 3, 2)));
        rows.replace("gone", List.of(new ClusterReport.Count("websocket", 5, 5)));
        assertThat(cluster.nodes(NOW)).extracting(ClusterReport.Node::name, ClusterReport.Node::running, ClusterReport.Node::connections)
                .containsExactly(tuple("gone", false, List.of()),
                        tuple("here", true, List.of(new ClusterReport.Count("websocket", 3, 2))));
    }

    @Test
    void leasesTablesAndRebuildsAreListed() {
        assertThat(cluster.leases()).extracting(ClusterReport.Lease::task).contains("imports", "files");
        assertThat(cluster.tables()).extracting(ClusterReport.Table::name).contains("room", "instance_connections");
        execute("insert into rebuild (room, shadow, touched_at) values ('board', 'x', 7)");
        RebuildJobs rebuilds = new RebuildJobs(running.em());
        assertThat(rebuilds.latest(10)).extracting(job -> job.title(), job -> job.created(), job -> job.cancellable())
                .containsExactly(tuple("board", Instant.ofEpochMilli(7), false));
        assertThat(rebuilds.cancel("board", "alice", "")).isFalse();
    }

    private List<String> ids(String query, Optional<RoomKind> kind, boolean closed) {
        return rooms.page(query, kind, closed, false, "", 10).stream().map(RoomsReport.Entry::id).toList();
    }

    private void room(String id, String name, String kind, String closed) {
        execute("insert into room (id, epoch, head, name, kind, created, closed_at) values ('%s', 'e', 7, '%s', '%s', 1, %s)"
                .formatted(id, name, kind, closed));
    }

    private void person(String id, String name) {
        execute("insert into person (id, name, token_issued, seen_day) values ('%s', '%s', 1, 20000)".formatted(id, name));
    }

    private void file(String id, String room, String owner, int size) {
        execute("""
                insert into file (id, room, owner, name, type, size, received, state, width, height, thumbnail, in_bucket, tries,
                created_at, changed_at)
                values ('%s', '%s', '%s', 'n', 't', %d, 0, 'ready', 0, 0, false, false, 0, 1, 1)""".formatted(id, room, owner, size));
    }

    private void restraint(String room, String user, String kind, String until) {
        execute("insert into restraint (room, user_id, user_name, kind, until_at) values ('%s', '%s', 'n', '%s', %s)"
                .formatted(room, user, kind, until));
    }

    private void instance(String name, long seen) {
        execute("insert into instance (node, version, started_at, seen_at) values ('%s', '1', 1, %d)".formatted(name, seen));
    }

    private void execute(String sql) {
        running.execute(sql);
    }
}
