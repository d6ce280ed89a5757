package parley.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.protocol.User;
import parley.settings.ConferenceKind;
import parley.settings.ConferenceSettings;
import parley.settings.Given;
import parley.settings.Settings;

/** Invitations as Jitsi and LiveKit check them. */
class ConferenceTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final User ALICE = new User("urn:user:1", "Alice & Co");
    private static final String SECRET = "a secret that has thirty-two bytes";

    private static ConferenceSettings settings(ConferenceKind kind, String server) {
        return new ConferenceSettings(kind, "https://meet.example/", server, "parley", SECRET);
    }

    private static URI url(ConferenceSettings settings, String room) {
        return Conference.invitation(settings, room, ALICE, NOW).orElseThrow().url();
    }

    private static JWTClaimsSet claims(URI url, String parameter) throws Exception {
        String query = "&" + url.getRawQuery();
        SignedJWT token = SignedJWT.parse(query.substring(query.indexOf("&" + parameter + "=") + parameter.length() + 2));
        assertThat(token.verify(new MACVerifier(SECRET.getBytes(StandardCharsets.UTF_8)))).isTrue();
        return token.getJWTClaimsSet();
    }

    @Test
    void thereIsNoneWithoutAServerOrItsSecret() {
        assertThat(Conference.invitation(new ConferenceSettings(ConferenceKind.JITSI, "", "", "parley", SECRET), "plaza",
                ALICE, NOW)).isEmpty();
        assertThat(Conference.invitation(new ConferenceSettings(ConferenceKind.JITSI, "https://meet.example/", "", "parley", ""), "plaza",
                ALICE, NOW)).isEmpty();
        assertThat(Conference.invitation(settings(ConferenceKind.LIVEKIT, ""), "plaza", ALICE, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"parley.conference.url, http://meet.example/", "parley.conference.url, https://meet.example",
            "parley.conference.url, javascript:alert(1)", "parley.conference.url, https://meet.example/?a=/",
            "parley.conference.server, https://livekit.example", "parley.conference.secret, short", "parley.conference.kind, zoom"})
    void settingsAreChecked(String key, String value) {
        assertThatThrownBy(() -> Settings.of(new Given(Map.of(key, value)))).hasMessageContaining(key);
    }

    @Test
    void jitsiLetsAPersonIntoOneRoomForAWhile() throws Exception {
        URI url = url(settings(ConferenceKind.JITSI, ""), "plaza");
        JWTClaimsSet claims = claims(url, "jwt");
        assertThat(url.getPath()).isEqualTo("/" + claims.getStringClaim("room"));
        assertThat(claims.getIssuer()).isEqualTo("parley");
        assertThat(claims.getAudience()).containsExactly("jitsi");
        assertThat(claims.getSubject()).isEqualTo("meet.example");
        assertThat(claims.getExpirationTime()).isEqualTo(NOW.plusSeconds(600));
        assertThat(claims.getJSONObjectClaim("context")).isEqualTo(Map.of("user", Map.of("id", "urn:user:1", "name", "Alice & Co")));
    }

    @Test
    void liveKitLetsAPersonIntoOneRoomForAWhile() throws Exception {
        URI url = url(settings(ConferenceKind.LIVEKIT, "wss://livekit.example"), "plaza");
        JWTClaimsSet claims = claims(url, "token");
        assertThat(url.getRawQuery()).startsWith("liveKitUrl=wss%3A%2F%2Flivekit.example&token=");
        assertThat(url.getPath()).isEqualTo("/custom");
        assertThat(claims.getIssuer()).isEqualTo("parley");
        assertThat(claims.getSubject()).isEqualTo("urn:user:1");
        assertThat(claims.getStringClaim("name")).isEqualTo("Alice & Co");
        assertThat(claims.getExpirationTime()).isEqualTo(NOW.plusSeconds(600));
        assertThat(claims.getJSONObjectClaim("video")).containsEntry("roomJoin", true).containsEntry("canPublish", true)
                .containsEntry("canSubscribe", true).doesNotContainKey("roomAdmin").hasEntrySatisfying("room",
                        room -> assertThat((String) room).matches("parley-[0-9a-f]{32}"));
    }

    @Test
    void aRoomHasOneConferenceThatItsIdDoesNotReveal() {
        ConferenceSettings jitsi = settings(ConferenceKind.JITSI, "");
        assertThat(url(jitsi, "plaza").getPath()).isEqualTo(url(jitsi, "plaza").getPath()).isNotEqualTo(url(jitsi, "garden").getPath())
                .doesNotContain("plaza");
    }

    @Test
    void theSecretIsInNoText() {
        assertThat(settings(ConferenceKind.JITSI, "").toString()).doesNotContain(SECRET);
    }
}
