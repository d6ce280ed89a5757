package parley.hold;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.file.HeldFiles;
import parley.journal.Leaving;
import parley.journal.Original;
import parley.protocol.AttachedFile;
import parley.protocol.Change;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import parley.sql.Tables;

/** What holds cover is kept when it leaves its room, and nothing else is; a hold that was committed before the removal wins. */
class KeepingTest {

    private static final Instant AT = Instant.parse("2030-01-01T09:00:00Z");
    private static final User BOB = new User("bob", "Bob");

    private final Tables tables = new Tables();
    private final Gate gate = new Gate();
    private final Taking files = new Taking();
    private final Keeping keeping = new Keeping(new ActiveHolds(gate), files, Clock.fixed(AT, ZoneOffset.UTC));

    /** Takes every file. */
    private static final class Taking extends HeldFiles {
        private final List<String> taken = new ArrayList<>();
        private final List<String> freed = new ArrayList<>();

        @Override
        public List<String> take(String room, Collection<String> wanted, EntityManager em) {
            taken.addAll(wanted);
            return List.copyOf(wanted);
        }

        @Override
        public void free(Collection<String> wanted, EntityManager em) {
            freed.addAll(wanted);
        }
    }

    @BeforeEach
    void create() {
        tables.execute("create table lease (task varchar(50), node varchar(255), ends_at bigint)");
        tables.migrate("V54__holds.sql");
    }

    private static Scope everythingBy(String... people) {
        return new Scope(List.of(people), List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    private static Scope words(String... words) {
        return new Scope(List.of(), List.of(), List.of(words), Optional.empty(), Optional.empty());
    }

    private static Scope rooms(String... rooms) {
        return new Scope(List.of(), List.of(rooms), List.of(), Optional.empty(), Optional.empty());
    }

    private void begin(Tables.Running running, String id, Scope scope) {
        gate.change(1, running.em());
        HoldRows.add(new Hold(id, id, scope, BOB, AT, Optional.empty()), running.em());
    }

    private void hold(String id, Scope scope) {
        tables.run(running -> begin(running, id, scope));
    }

    private void release(String id) {
        tables.run(running -> {
            gate.change(-1, running.em());
            assertThat(HoldRows.release(id, BOB, AT, running.em())).isTrue();
        });
    }

    private static Original post(long offset, String person, String text, AttachedFile... files) {
        return ScopeTest.original("general", offset, person, AT, new MessageChange.Posted(text, "k" + offset, 0, false, List.of(), false,
                false, List.of(files)));
    }

    private static Original edit(long offset, long message, String text) {
        return ScopeTest.original("general", offset, "alice", AT, new MessageChange.Edited(message, text, List.of(), false));
    }

    private static RoomEvent cause(Change change) {
        return new RoomEvent("general", 99, AT, BOB, change);
    }

    private void remove(Tables.Running running, Leaving.Reason reason, Optional<RoomEvent> cause, Original... originals) {
        if (keeping.wants("general", running.em())) {
            keeping.take(new Leaving("general", reason, cause, List.of(originals)), running.em());
        }
    }

    private void remove(Leaving.Reason reason, Optional<RoomEvent> cause, Original... originals) {
        tables.run(running -> remove(running, reason, cause, originals));
    }

    private List<String> kept(String hold) {
        List<String> kept = new ArrayList<>();
        tables.run(running -> HeldRows.page(hold, HeldEvent.Place.START, 100, running.em()).forEach(event ->
                kept.add(event.original().offset() + "/" + event.version() + " " + event.reason() + " " + event.removedBy().orElse("-"))));
        return kept;
    }

    @Test
    void wantsNothingWithoutAHoldOrInAnotherRoom() {
        tables.run(running -> assertThat(keeping.wants("general", running.em())).isFalse());
        hold("h", rooms("plaza"));
        tables.run(running -> {
            assertThat(keeping.wants("general", running.em())).isFalse();
            assertThat(keeping.wants("plaza", running.em())).isTrue();
        });
        release("h");
        tables.run(running -> assertThat(keeping.wants("plaza", running.em())).isFalse());
    }

    @Test
    void keepsOnlyWhatAHoldCovers() {
        hold("h1", everythingBy("alice"));
        hold("h2", everythingBy("carol"));
        remove(Leaving.Reason.EXPIRED, Optional.empty(), post(1, "alice", "a"), post(2, "bob", "b"), post(3, "carol", "c"));
        assertThat(kept("h1")).containsExactly("1/1 EXPIRED -");
        assertThat(kept("h2")).containsExactly("3/1 EXPIRED -");
        assertThat(tables.number("select count(*) from held_event")).isEqualTo(2);
    }

    @Test
    void keepsAMessageWholeIfOneOfItsTextsIsCovered() {
        hold("h", words("merger"));
        remove(Leaving.Reason.DELETED, Optional.of(cause(new MessageChange.Deleted(1, 0))), post(1, "alice", "The lunch"),
                edit(2, 1, "The merger"), edit(3, 1, "The dinner"), post(4, "alice", "No word"));
        assertThat(kept("h")).containsExactly("1/1 DELETED bob", "2/1 DELETED bob", "3/1 DELETED bob");
    }

    @Test
    void keepsWhatDidNotChangeOnlyOnce() {
        hold("h", rooms("general"));
        remove(Leaving.Reason.EDITED, Optional.of(cause(new MessageChange.Edited(1, "b", List.of(), false))), post(1, "alice", "a"));
        remove(Leaving.Reason.DELETED, Optional.of(cause(new MessageChange.Deleted(1, 0))), post(1, "alice", "a"), edit(2, 1, "b"));
        assertThat(kept("h")).containsExactly("1/1 EDITED bob", "2/1 DELETED bob");
        remove(Leaving.Reason.EXPIRED, Optional.empty(), ScopeTest.original("general", 1, "alice", AT,
                new MessageChange.Posted("", "k1", 0, false, List.of(), false, true)), edit(2, 1, "other"));
        assertThat(kept("h")).as("what is empty is not kept again").containsExactly("1/1 EDITED bob", "2/1 DELETED bob", "2/2 EXPIRED -");
    }

    @Test
    void keepsTheFilesThatTheMessageLoses() {
        AttachedFile one = new AttachedFile("one", "one.txt", "text/plain", 1, 0, 0, false);
        AttachedFile two = new AttachedFile("two", "two.txt", "text/plain", 1, 0, 0, false);
        hold("h", rooms("general"));
        remove(Leaving.Reason.EDITED, Optional.of(cause(new MessageChange.Edited(1, "a", List.of(), false, List.of(two)))),
                post(1, "alice", "a", one, two));
        assertThat(files.taken).containsExactly("one");
        assertThat(tables.number("select count(*) from hold_file where hold = 'h' and file = 'one'")).isOne();
    }

    @Test
    void aHoldCommittedBeforeTheRemovalCommitsWins() throws Exception {
        CompletableFuture<Void> removing;
        try (Tables.Running making = tables.begin()) {
            begin(making, "h", rooms("general"));
            removing = tables.runBeside(other -> remove(other, Leaving.Reason.DELETED, Optional.empty(), post(1, "alice", "a")));
            tables.awaitBlocked();
            making.commit();
        }
        removing.get(10, TimeUnit.SECONDS);
        assertThat(kept("h")).hasSize(1);
    }

    @Test
    void aHoldWaitsForTheRemovalsUnderWay() throws Exception {
        CompletableFuture<Void> making;
        try (Tables.Running removing = tables.begin()) {
            remove(removing, Leaving.Reason.DELETED, Optional.empty(), post(1, "alice", "a"));
            making = tables.runBeside(other -> begin(other, "h", rooms("general")));
            tables.awaitBlocked();
            removing.commit();
        }
        making.get(10, TimeUnit.SECONDS);
        assertThat(kept("h")).isEmpty();
    }

    @Test
    void aReleaseFreesWhatNoOtherHoldKeeps() {
        AttachedFile file = new AttachedFile("one", "one.txt", "text/plain", 1, 0, 0, false);
        hold("h1", rooms("general"));
        hold("h2", everythingBy("alice"));
        remove(Leaving.Reason.DELETED, Optional.empty(), post(1, "alice", "a", file), post(2, "bob", "b"));
        tables.run(running -> assertThat(Freeing.some(gate, files, running.em())).isZero());
        release("h1");
        tables.run(running -> assertThat(Freeing.some(gate, files, running.em())).isEqualTo(2));
        assertThat(kept("h2")).containsExactly("1/1 DELETED -");
        assertThat(tables.number("select count(*) from held_event")).isOne();
        assertThat(files.freed).isEmpty();
        release("h2");
        tables.run(running -> assertThat(Freeing.some(gate, files, running.em())).isOne());
        assertThat(tables.number("select count(*) from held_event")).isZero();
        assertThat(files.freed).containsExactly("one");
        tables.run(running -> assertThat(Freeing.some(gate, files, running.em())).isZero());
    }

    @Test
    void pagesOfContentGoOnAfterAPlace() {
        hold("h", rooms("general"));
        remove(Leaving.Reason.EXPIRED, Optional.empty(), post(1, "alice", "a"), post(2, "alice", "b"), post(10, "alice", "c"));
        tables.run(running -> {
            List<HeldEvent> first = HeldRows.page("h", HeldEvent.Place.START, 2, running.em());
            assertThat(HeldRows.page("h", first.getLast().place(), 2, running.em()).stream()
                    .map(event -> event.original().offset()).collect(Collectors.toList())).containsExactly(10L);
        });
    }

    @Test
    void tellsAnErasureWhatIsHeld() {
        Held held = new Held(new ActiveHolds(gate));
        hold("h", everythingBy("alice"));
        remove(Leaving.Reason.ERASED, Optional.empty(), post(1, "alice", "a"));
        tables.run(running -> {
            assertThat(held.mayCover("bob", running.em())).isEmpty();
            assertThat(held.mayCover("alice", running.em())).extracting(Hold::id).containsExactly("h");
            assertThat(held.count("alice", running.em())).isOne();
        });
    }
}
