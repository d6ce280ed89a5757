package parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.protocol.User;
import parley.settings.Given;
import parley.settings.Settings;

class BotTokensTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final String TOKEN = BotTokens.PREFIX + "secret";
    private static final Caller BOT = caller("token-1", NOW.plusSeconds(60));

    private final Revocations revocations = new Revocations(Settings.of(new Given(Map.of())));
    private int told;
    private final BotTokens tokens = new BotTokens(revocations, counting());

    @Test
    void anUnknownTokenIsRefused() {
        tokens.replace(Map.of(BotTokens.hash(TOKEN), BOT));

        assertThat(kind(tokens.verify(TOKEN + "x", NOW))).isEqualTo(SignInRefusal.INVALID);
        assertThat(kind(tokens.verify(BotTokens.hash(TOKEN), NOW))).isEqualTo(SignInRefusal.INVALID);
    }

    @Test
    void anExpiredTokenIsRefused() {
        tokens.replace(Map.of(BotTokens.hash(TOKEN), BOT));

        assertThat(kind(tokens.verify(TOKEN, NOW.plusSeconds(60)))).isEqualTo(SignInRefusal.EXPIRED);
    }

    @Test
    void aKnownTokenIsItsBot() {
        tokens.replace(Map.of(BotTokens.hash(TOKEN), BOT));

        assertThat(tokens.verify(TOKEN, NOW)).isEqualTo(new Authentication.Granted(BOT));
        assertThat(revocations.isRevoked(BOT)).isFalse();
    }

    @Test
    void aTokenThatIsGoneIsRevoked() {
        tokens.replace(Map.of(BotTokens.hash(TOKEN), BOT));
        tokens.replace(Map.of());

        assertThat(revocations.isRevoked(BOT)).isTrue();
        assertThat(kind(tokens.verify(TOKEN, NOW))).isEqualTo(SignInRefusal.INVALID);
        // Connections are compared with the copy each time.
        assertThat(told).isEqualTo(2);
    }

    @Test
    void usesAreCountedOnce() {
        tokens.replace(Map.of(BotTokens.hash(TOKEN), BOT));
        tokens.verify(TOKEN, NOW);
        tokens.verify(TOKEN, NOW.plusSeconds(1));

        Map<String, BotTokens.Use> uses = tokens.takeUses();

        assertThat(uses).isEqualTo(Map.of("token-1", new BotTokens.Use(2, NOW.plusSeconds(1))));
        assertThat(tokens.takeUses()).isEmpty();
        tokens.putBack(uses);
        assertThat(tokens.takeUses()).isEqualTo(uses);
    }

    private static SignInRefusal kind(Authentication authentication) {
        return ((Authentication.Denied) authentication).kind();
    }

    private static Caller caller(String id, Instant expires) {
        return new Caller(new User("service:deploy", "Deploy"), Set.of(), NOW, expires, id, "", Optional.empty(), Optional.empty(),
                Optional.of(Set.of(Scope.READ)));
    }

    @SuppressWarnings("unchecked")
    private Event<Revoked> counting() {
        return (Event<Revoked>) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Event.class},
                (proxy, method, given) -> {
                    told++;
                    return null;
                });
    }
}
