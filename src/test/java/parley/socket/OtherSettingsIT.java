package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.RawSocket;
import parley.kit.Server;

/**
 * A server that uses the standard WebSocket interface alone, as on any Jakarta EE server but Payara: whoever chats notices nothing.
 * And one that lets few connections in, and is strict with each user and each address.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "it has nothing to do with the database")
class OtherSettingsIT {

    private static final int FEW = 30;

    @BeforeAll
    static void restart() {
        Map<String, String> settings = new HashMap<>(SmallLimits.SETTINGS);
        settings.put("parley.wire", "standard");
        settings.put("parley.connections", "" + FEW);
        settings.put("parley.frame-ancestors", "'self' https://portal.example.com");
        Server.restartsWith(settings);
    }

    @AfterAll
    static void restartAsUsual() {
        Server.restarts();
    }

    @Nested
    class Posting extends PostingIT {
    }

    @Nested
    class Listening extends ListeningIT {
    }

    @Nested
    class Typing extends TypingIT {
    }

    @Nested
    class Limits extends SmallLimits {
    }

    @Test
    void letsThePagesBeFramedByWhoIsNamed() {
        assertThat(Http.ofNobody().get("/").header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).endsWith("frame-ancestors 'self' https://portal.example.com"));
    }

    @Test
    void turnsAwayOneConnectionTooMany() {
        List<RawSocket> all = new ArrayList<>();
        try {
            for (int i = 0; i < FEW; i++) {
                all.add(Handshake.of("user" + i).with("X-Forwarded-For", "192.0.2." + i).opens());
            }
            HttpAnswer answer = Handshake.of("bob").refused();
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(answer.problem()).isEqualTo("rate_limited");
        } finally {
            all.forEach(RawSocket::close);
        }
    }
}
