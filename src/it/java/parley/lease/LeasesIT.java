package parley.lease;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.time.Instant;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.server.Deployments;
import parley.server.InsideServer;

/** Of several instances, one does a task for all. Later times than any running instance takes keep these tests apart from the server. */
@InsideServer
class LeasesIT {

    private static final Duration LEASE = Duration.ofSeconds(30);

    @Inject
    private Leases leases;
    @Inject
    private UserTransaction transaction;

    private final Instant start = Instant.now().plus(Duration.ofDays(365));

    @Deployment
    static WebArchive deployment() {
        return Deployments.inside();
    }

    @BeforeEach
    void begin() throws Exception {
        transaction.begin();
    }

    @AfterEach
    void undo() throws Exception {
        transaction.rollback();
    }

    @ParameterizedTest
    @EnumSource
    void oneInstanceHasATaskUntilItsLeaseEnds(Task task) {
        assertThat(leases.take(task, "one", start, LEASE)).isTrue();
        assertThat(leases.take(task, "two", start, LEASE)).isFalse();
        assertThat(leases.take(task, "two", start.plus(LEASE).minusMillis(1), LEASE)).isFalse();
        assertThat(leases.take(task, "two", start.plus(LEASE), LEASE)).isTrue();
        assertThat(leases.take(task, "one", start.plus(LEASE), LEASE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void holderExtendsItsLease(Task task) {
        assertThat(leases.take(task, "one", start, LEASE)).isTrue();
        assertThat(leases.take(task, "one", start.plusSeconds(20), LEASE)).isTrue();
        assertThat(leases.take(task, "two", start.plus(LEASE), LEASE)).isFalse();
    }
}
