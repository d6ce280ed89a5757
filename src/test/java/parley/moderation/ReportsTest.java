package parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.Injected.with;

import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.protocol.Message;
import parley.protocol.User;

/** Two requests of one person that report the same message. */
class ReportsTest {

    private static final User ALICE = new User("alice", "Alice");
    private static final User BOB = new User("bob", "Bob");
    private static final Message MESSAGE = new Message(4, ALICE, Instant.EPOCH, "text", "key", 0, false, List.of(), false,
            Optional.empty(), false, false, List.of(), Optional.empty(), List.of(), List.of());

    private final Reports reports = new Reports();
    private Optional<Report> stored = Optional.empty();
    private Optional<Report> storesMeanwhile = Optional.empty();

    @BeforeEach
    void inject() {
        with(reports, "rows", new ReportRows() {
            @Override
            Optional<Report> find(String reporter, String room, long message) {
                return stored;
            }

            @Override
            Optional<Instant> reportedAt(String reporter, int n) {
                return Optional.empty();
            }

            @Override
            void add(Report report, String address) {
                stored = storesMeanwhile;
                throw new PersistenceException("The row is there already, or the database is away");
            }
        });
    }

    private Reports.Outcome report() {
        return reports.report(MESSAGE, "plaza", BOB, Report.Reason.SPAM, "", "");
    }

    private static Report report(String id) {
        return new Report(id, "plaza", 4, ALICE, "text", BOB, Report.Reason.SPAM, "", Instant.EPOCH, Report.State.OPEN, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void theSecondOneGetsTheReportOfTheFirst() {
        storesMeanwhile = Optional.of(report("first"));
        assertThat(report()).isEqualTo(new Reports.Outcome.Done(report("first")));
    }

    @Test
    void aDatabaseThatIsAwayIsNoReport() {
        assertThatThrownBy(this::report).isInstanceOf(PersistenceException.class);
    }
}
