package parley.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import parley.settings.TurnSettings;

/** Credentials as coturn checks them. */
class TurnCredentialsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00.500Z");
    private static final List<String> URLS = List.of("turn:turn.example");

    private static TurnSettings settings(List<String> urls, String secret) {
        return new TurnSettings(urls, secret, Duration.ofHours(1));
    }

    private static TurnCredentials.Credentials made(String person) {
        return TurnCredentials.of(settings(URLS, "north"), person, NOW).orElseThrow();
    }

    @Test
    void thereAreNoneWithoutAServerOrItsSecret() {
        assertThat(TurnCredentials.of(settings(List.of(), "north"), "bob", NOW)).isEmpty();
        assertThat(TurnCredentials.of(settings(URLS, ""), "bob", NOW)).isEmpty();
    }

    @Test
    void theNameSaysWhenItExpires() throws Exception {
        TurnCredentials.Credentials made = made("urn:user:7");
        assertThat(made.username()).isEqualTo("1893502800:urn:user:7");
        assertThat(made.expires()).isEqualTo(Instant.ofEpochSecond(1_893_502_800));
        assertThat(made.urls()).isEqualTo(URLS);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("north".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        assertThat(made.credential()).isEqualTo(Base64.getEncoder().encodeToString(mac.doFinal("1893502800:urn:user:7".getBytes(
                StandardCharsets.UTF_8))));
    }

    /** Computed by {@code printf 1893502800:bob | openssl dgst -sha1 -hmac north -binary | base64}. */
    @Test
    void thePasswordIsTheOneOfOpenssl() {
        assertThat(made("bob").credential()).isEqualTo("incd2CxT4+/xpyvNhPLJJ2vhQgs=");
    }

    @Test
    void aNameIsNeverTooLongForTheProtocol() {
        assertThat(made("\u00e9".repeat(200)).username()).endsWith("\u00e9");
        String longest = made("\ud83d\ude80".repeat(127)).username();
        assertThat(longest.getBytes(StandardCharsets.UTF_8).length).isLessThan(100);
        assertThat(longest).isNotEqualTo(made("\ud83d\ude80".repeat(126)).username());
    }
}
