package parley.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.hold.Held;
import parley.protocol.User;

/** What the report says, and that its signature covers every byte of it. */
class ReportTest {

    private static final Erasure ERASURE = new Erasure("e1", Erasure.Mode.ERASE, Optional.of("alice"), List.of("Alice Quill"), List.of(),
            Optional.of("salt"), "erased-1", false, false, "Asked by Alice Quill", new User("carol", "Carol"), Instant.EPOCH,
            Erasure.State.RUNNING, Erasure.Step.REPORT, "", Optional.empty(), Optional.of(Instant.EPOCH), Optional.empty());

    private static String json() {
        return new Report(ERASURE, List.of(new ErasureRows.Counted("removed", "messages", 3),
                new ErasureRows.Counted("changed", "events", 9)),
                Map.of("h1", new Held.Kept(2, 1)), Map.of("plaza", false), 1, List.of("x1"), Instant.EPOCH.plusSeconds(5)).json();
    }

    @Test
    void doesNotNameThePerson() {
        assertThat(json()).doesNotContainIgnoringCase("alice").doesNotContain("\n", "salt\"")
                .contains("\"person\":\"" + Report.hash("salt", "alice") + "\"", "\"pseudonym\":\"erased-1\"");
    }

    @Test
    void saysWhatWasErasedAndWhatStays() {
        assertThat(json()).contains("\"removed\":{\"messages\":3}", "\"changed\":{\"events\":9}",
                "\"held\":{\"h1\":{\"events\":2,\"files\":1}}",
                "\"left\":{\"documents\":1,\"exports\":[\"x1\"],\"tables\":[]}", "\"rooms\":[\"plaza\"]",
                "\"ended\":\"1970-01-01T00:00:05.000Z\"");
    }

    @Test
    void theHashIsThatOfSaltLineBreakAndId() {
        // printf 'salt\nalice' | sha256sum
        assertThat(Report.hash("salt", "alice")).isEqualTo("ddc32588bb612223caf26ee652a12a2e43b1e2f18d9ec089dff8a924e45a9a10");
    }

    @Test
    void theSignatureCoversEveryByte() throws Exception {
        SigningKey.Keys keys = SigningKey.Keys.generate();
        String json = json();
        String signature = keys.sign(json);
        assertThat(verifies(keys, json, signature)).isTrue();
        assertThat(verifies(keys, json.replace("\"messages\":3", "\"messages\":4"), signature)).isFalse();
        assertThat(verifies(keys, json + " ", signature)).isFalse();
        assertThat(verifies(SigningKey.Keys.generate(), json, signature)).isFalse();
    }

    private static boolean verifies(SigningKey.Keys keys, String text, String signature) throws Exception {
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(keys.publicKey()))));
        check.update(text.getBytes(StandardCharsets.UTF_8));
        return check.verify(Base64.getDecoder().decode(signature));
    }
}
