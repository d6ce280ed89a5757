package parley.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.notify.OwnNotifications.Own;
import parley.protocol.User;
import parley.protocol.Why;

/** Who is notified that an export is complete, and what the list of jobs says about it. */
class CompletingTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final User CAROL = new User("carol", "Carol");
    private static final List<ExportRows.Cut> ROOMS = List.of(new ExportRows.Cut("job", 0, "board", 7, 7, "Board", true));

    private static ExportJob job(ExportRequest request) {
        return new ExportJob("job", request, CAROL, NOW, ExportJob.State.RUNNING, false, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), 1, 1, 7, 1, 0, 0, Optional.empty());
    }

    private static ExportRequest request(Optional<String> person, String... rooms) {
        return new ExportRequest(false, person, List.of(rooms), Optional.empty(), NOW, true, false, false, false);
    }

    @Test
    void anExportWithoutRoomsNotifiesNobody() {
        assertThat(Completing.ready(job(ExportRequest.ownOf("carol", NOW)), List.of())).isEmpty();
    }

    @Test
    void whoAskedForItIsNotified() {
        assertThat(Completing.ready(job(ExportRequest.ownOf("carol", NOW)), ROOMS))
                .contains(new Own(CAROL, "board", 0, Why.EXPORT, ""));
        assertThat(Completing.ready(job(request(Optional.of("bob"))), ROOMS)).contains(new Own(CAROL, "board", 0, Why.EXPORT, "bob"));
    }

    @Test
    void aJobNamesWhatIsExported() {
        assertThat(ExportJobs.title(request(Optional.empty()))).isEqualTo("*");
        assertThat(ExportJobs.title(request(Optional.of("bob"), "board"))).isEqualTo("bob: board");
        assertThat(ExportJobs.title(request(Optional.empty(), "a", "b", "c"))).isEqualTo("a, b, c");
        assertThat(ExportJobs.title(request(Optional.empty(), "a", "b", "c", "d"))).isEqualTo("a, b, c, …");
    }
}
