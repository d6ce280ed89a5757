package parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.protocol.Problem;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.CloseRoom;
import parley.room.CreateRoom;
import parley.room.Proposal;
import parley.server.Deployments;
import parley.server.InsideServer;
import parley.sql.Statements;

/** Which documents and updates the sweep removes, and which ones it must keep. */
@InsideServer
class DocumentSweepIT {

    private static final Actor ALICE = new Actor(new User("sweep-alice", "Alice"), false);
    private static final long MOST = 1_000_000;
    private static final int UPDATES = 6;
    /** The default of {@code parley.documents.keep-days}. */
    private static final Duration KEPT = Duration.ofDays(30);

    @Inject
    private Journal journal;
    @Inject
    private StoredDocuments documents;
    @Inject
    private Snapshots snapshots;
    @Inject
    private DocumentSweep sweep;
    @Resource(lookup = "jdbc/parley")
    private DataSource database;

    private final String room = UUID.randomUUID().toString();
    private final String document = UUID.randomUUID().toString();

    @Deployment
    static WebArchive inside() {
        return Deployments.inside();
    }

    @BeforeEach
    void aDocumentHasUpdates() {
        submit(new CreateRoom(room, ALICE, RoomProfile.open("Room " + room)));
        submit(new CreateDocument(room, ALICE, document, "Minutes", 9));
        for (int i = 1; i <= UPDATES; i++) {
            submit(new UpdateDocument(room, ALICE, document, "k" + i, "AQE=", MOST));
        }
    }

    private Receipt submit(Proposal proposal) {
        Receipt receipt = journal.submit(proposal).join();
        assertThat(receipt).isInstanceOf(Receipt.Committed.class);
        return receipt;
    }

    private void snapshot(long version) {
        assertThat(snapshots.store(ALICE, room, document, version, new byte[] {(byte) version}).join()).isEmpty();
    }

    private StoredDocuments.Content read(long since) {
        return documents.read(room, document, since).orElseThrow();
    }

    private long rows(String table) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Statements.query(connection, row -> row.getLong(1), "select count(*) from " + table + " where "
                    + (table.equals("document") ? "id" : "document") + " = ?", document).getFirst();
        }
    }

    @Test
    void updatesStayUntilTheirSnapshotIsOld() throws SQLException {
        snapshot(4);
        sweep.sweep(Instant.now().plus(KEPT).minus(Duration.ofHours(1)));
        assertThat(read(0).updates()).hasSize(UPDATES);

        sweep.sweep(Instant.now().plus(KEPT).plus(Duration.ofHours(1)));
        StoredDocuments.Content everything = read(0);
        assertThat(everything.recovered()).isFalse();
        assertThat(everything.snapshot()).hasValue(new byte[] {4});
        assertThat(everything.from()).isEqualTo(4);
        assertThat(everything.updates()).extracting(StoredDocuments.Stored::version).containsExactly(5L, 6L);
        assertThat(read(4).recovered()).isTrue();
        assertThat(rows("document_update")).isEqualTo(2);
        assertThat(rows("document_snapshot_part")).isEqualTo(1);
        submit(new UpdateDocument(room, ALICE, document, "next", "AQE=", MOST));
        assertThat(read(6).updates()).extracting(StoredDocuments.Stored::version).containsExactly(7L);
    }

    @Test
    void aSnapshotThatIsTheOnlyCoverIsNotReplaced() {
        snapshot(3);
        sweep.sweep(Instant.now().plus(KEPT).plus(Duration.ofHours(1)));
        assertThat(snapshots.store(ALICE, room, document, 3, new byte[] {9}).join()).map(Problem::message).isPresent();
        for (long version = 4; version <= UPDATES; version++) {
            snapshot(version);
        }
        assertThat(read(0).snapshot()).as("after more snapshots than are kept").hasValue(new byte[] {3});
        assertThat(read(-1).snapshot()).hasValue(new byte[] {UPDATES});
    }

    @Test
    void manySnapshotsKeepTheOldestAndTheNewest() throws SQLException {
        for (long version = 1; version <= UPDATES; version++) {
            snapshot(version);
        }
        assertThat(rows("document_snapshot")).isEqualTo(4);
        assertThat(rows("document_snapshot_part")).as("of one part each").isEqualTo(4);
        assertThat(read(0).updates()).hasSize(UPDATES);
    }

    @Test
    void theDocumentsOfAClosedRoomGo() throws SQLException {
        snapshot(4);
        assertThat(snapshots.storeText(ALICE, room, document, 4, "text").join()).isEmpty();
        assertThat(rows("document_text")).isEqualTo(1);
        submit(new CloseRoom(room, ALICE));
        sweep.sweep(Instant.now());
        for (String table : List.of("document", "document_update", "document_snapshot", "document_snapshot_part", "document_title",
                "document_text")) {
            assertThat(rows(table)).as(table).isZero();
        }
    }
}
