package parley.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.sql.Tables;

/** Which leases an instance hands over when it stops. */
class LeasesTest {

    private final Tables tables = new Tables();
    private final Leases leases = new Leases();

    @BeforeEach
    void create() {
        tables.execute("create table lease (task varchar(64), node varchar(255), ends_at bigint)",
                "insert into lease (task, node, ends_at) values ('exports', 'here', 9), ('imports', 'here', 9), ('files', 'elsewhere', 9)");
    }

    private void releases() {
        tables.run(running -> {
            with(leases, "em", running.em()).release("here");
        });
    }

    @Test
    void aTaskThatStillRunsKeepsItsLease() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread exports = Thread.ofPlatform().daemon().start(() -> {
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        Thread imports = Thread.ofPlatform().start(() -> { });
        imports.join();
        leases.takers.put(Task.EXPORTS, exports);
        leases.takers.put(Task.IMPORTS, imports);
        releases();
        assertThat(tables.number("select count(*) from lease where ends_at = 0 and task = 'imports'")).isOne();
        assertThat(tables.number("select count(*) from lease where ends_at = 9")).isEqualTo(2);
        end.countDown();
        exports.join();
        releases();
        assertThat(tables.number("select count(*) from lease where ends_at = 0")).isEqualTo(2);
    }
}
