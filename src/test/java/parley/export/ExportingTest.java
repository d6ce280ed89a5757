package parley.export;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.health.Started;
import parley.lease.ALease;
import parley.protocol.User;
import parley.settings.Given;
import parley.settings.Settings;

/** An export that fails, on an instance that has the lease and on one that lost it in a long pause. */
class ExportingTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final ExportJob JOB = new ExportJob("job", ExportRequest.ownOf("carol", NOW), new User("carol", "Carol"), NOW,
            ExportJob.State.RUNNING, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, 0,
            0, 0, 0, 0, Optional.empty());

    private final ALease lease = new ALease();
    private final List<ExportJob.State> ended = new ArrayList<>();

    private void fails(Runnable before) {
        Exporting exporting = new Exporting();
        with(exporting, "settings", Settings.of(new Given(Map.of())));
        with(exporting, "work", lease.work());
        with(exporting, "nextSweep", Instant.MAX);
        with(exporting, "rows", new ExportRows() {
            @Override
            List<ExportJob> open() {
                return List.of(JOB);
            }

            @Override
            boolean hasRooms(String id) {
                return true;
            }

            @Override
            void begin(String id, String node, Instant now, List<Cut> rooms) {
                before.run();
                throw new PersistenceException(new SQLException("Both wrote the same.", "23505"));
            }

            @Override
            void end(ExportJob job, ExportJob.State state, Optional<String> failure, Instant now) {
                ended.add(state);
            }
        });
        exporting.start(new Started());
        lease.look();
    }

    @Test
    void whatFailsHereHasFailed() {
        fails(() -> { });
        assertThat(ended).containsExactly(ExportJob.State.FAILED);
    }

    @Test
    void whatFailsBecauseAnotherInstanceDoesItGoesOnThere() {
        fails(lease::isTakenOver);
        assertThat(ended).isEmpty();
    }
}
