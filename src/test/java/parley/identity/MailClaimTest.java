package parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mail address in the claims of a token. */
class MailClaimTest {

    private static Optional<String> mail(Object address, Object verified) throws ParseException {
        return Claims.caller(new JWTClaimsSet.Builder().subject("alice").issueTime(Date.from(Instant.EPOCH))
                .expirationTime(Date.from(Instant.EPOCH)).claim("email", address).claim("email_verified", verified).build())
                .orElseThrow().mail();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "@example.com", "alice@", "a b@example.com", "alice@example.com\r\nBcc: bob@example.com",
        "Alice <alice@example.com>", "\"a\"@example.com", "alice@example..com", "alice@exa mple.com", "a@b@example.com",
        "alice@[127.0.0.1]", "alice@example.com,bob@example.com", "älice@example.com"})
    void anAddressThatCanBeReadInTwoWaysCountsAsAbsent(String address) throws ParseException {
        assertThat(mail(address, true)).isEmpty();
    }

    @Test
    void anAddressThatIsNotVerifiedCountsAsAbsent() throws ParseException {
        for (Object verified : new Object[] {null, false, "false", "", 1}) {
            assertThat(mail("alice@example.com", verified)).as(String.valueOf(verified)).isEmpty();
        }
        assertThat(mail(1, true)).isEmpty();
        assertThat(mail(null, true)).isEmpty();
        assertThat(mail("a".repeat(65) + "@example.com", true)).isEmpty();
    }

    @Test
    void aVerifiedAddressIsTaken() throws ParseException {
        assertThat(mail("alice.b+chat@mail.example.com", true)).contains("alice.b+chat@mail.example.com");
        assertThat(mail("a".repeat(64) + "@example.com", "true")).isPresent();
    }
}
