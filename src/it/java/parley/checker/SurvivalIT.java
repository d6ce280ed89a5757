package parley.checker;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.server.TestServer;

/** Forty clients in ten rooms while the server is killed and the database goes away. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class SurvivalIT {

    private static final int ACKNOWLEDGEMENTS = 20_000;

    private final Trial trial = new Trial(40, 10, TestServer::base, TestServer::databaseConnection);

    @Test
    void nothingAcknowledgedIsLostWhenTheServerIsKilled() throws Exception {
        trial.judgeAfter(ACKNOWLEDGEMENTS, () -> {
            for (int kill = 1; kill <= 3; kill++) {
                trial.awaitAcknowledgements(kill * ACKNOWLEDGEMENTS / 4);
                TestServer.kill();
                TestServer.start();
            }
        });
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheDatabaseIsAway() throws Exception {
        trial.judgeAfter(ACKNOWLEDGEMENTS, () -> {
            trial.awaitAcknowledgements(ACKNOWLEDGEMENTS / 2);
            TestServer.stopDatabase();
            Thread.sleep(Duration.ofSeconds(10));
            TestServer.startDatabase();
        });
    }
}
