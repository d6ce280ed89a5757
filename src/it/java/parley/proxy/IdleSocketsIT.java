package parley.proxy;

import static org.awaitility.Awaitility.await;
import static parley.kit.Expected.posted;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.kit.ChatClient;
import parley.server.Balancer;

/** Idle sockets and streams survive the usual timeout of proxies, a minute. Runs late, so that other tests use up most of the idle time. */
@Order(Integer.MAX_VALUE - 20)
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class IdleSocketsIT {

    private static final Duration IDLE_TIME = Duration.ofSeconds(70);

    @BeforeAll
    static void connect() throws Exception {
        Proxies.start();
    }

    @ParameterizedTest
    @EnumSource
    void idleSocketAndStreamStayOpen(Balancer balancer) throws Exception {
        Proxies.IdleClient idle = Proxies.idle(balancer);
        await().atMost(IDLE_TIME.plusSeconds(10)).until(() -> System.nanoTime() - idle.since() > IDLE_TIME.toNanos());
        try (ChatClient alice = Proxies.connect(balancer, "alice").joins(idle.room())) {
            alice.posts("still there?");
            idle.client().receives(posted("still there?"));
            idle.stream().upTo(posted("still there?"));
        }
    }
}
