package parley.checker;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.Http;
import parley.kit.Server;
import parley.server.TestServer;

/** 40 clients in 10 rooms lose no acknowledged message when the server is killed or the database is down. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class SurvivalIT {

    private static final int ACKNOWLEDGEMENTS = Workload.LONG ? 20_000 : 4_000;
    private static final int KILLS = Workload.LONG ? 3 : 1;

    private final Workload workload = new Workload(40, 10, TestServer::base, TestServer::databaseConnection);

    @Test
    void losesNothingWhenTheServerIsKilled() throws Exception {
        workload.run(ACKNOWLEDGEMENTS, () -> {
            for (int kill = 1; kill <= KILLS; kill++) {
                workload.awaitAcknowledgements(kill * ACKNOWLEDGEMENTS / (KILLS + 1));
                TestServer.kill();
                TestServer.start();
            }
        });
    }

    @Test
    void losesNothingWhenTheDatabaseIsDown() throws Exception {
        workload.run(ACKNOWLEDGEMENTS, () -> {
            workload.awaitAcknowledgements(ACKNOWLEDGEMENTS / 2);
            TestServer.stopDatabase();
            try {
                await("the instance notices").atMost(Duration.ofMinutes(1)).until(() -> ready() == 503);
            } finally {
                TestServer.startDatabase();
            }
        });
    }

    private static int ready() {
        return Http.anonymous().send(HttpRequest.newBuilder(Server.base().resolve("/health/ready")).GET()).status();
    }
}
