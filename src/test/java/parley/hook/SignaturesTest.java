package parley.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;

/** Signatures of Standard Webhooks, and the requests that they let in. */
class SignaturesTest {

    // Known values of other implementations.
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long SECONDS = 1_614_265_330;
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static final Instant THEN = Instant.ofEpochSecond(SECONDS);

    private static Optional<Problem> refusal(String id, String timestamp, String signature, String body, Instant now) {
        return IncomingHooks.unsigned(new IncomingHooks.Incoming("t", "", body, id, timestamp, signature), SECRET, now);
    }

    @Test
    void aSignatureIsThatOfOtherImplementations() {
        assertThat(Signatures.sign(SECRET, ID, SECONDS, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    void anotherIdTimeBodyOrSignatureIsRefused() {
        String time = "" + SECONDS;
        assertThat(refusal(ID, time, SIGNATURE, BODY, THEN)).isEmpty();
        assertThat(refusal(ID, time, "v1,AAAA v2,x " + SIGNATURE, BODY, THEN)).isEmpty();
        assertThat(refusal(ID + "x", time, SIGNATURE, BODY, THEN)).map(Problem::code).contains(ErrorCode.UNAUTHORIZED);
        assertThat(refusal(ID, "" + (SECONDS + 1), SIGNATURE, BODY, THEN)).isPresent();
        assertThat(refusal(ID, time, SIGNATURE, BODY + " ", THEN)).isPresent();
        assertThat(refusal(ID, time, SIGNATURE.substring(1), BODY, THEN)).isPresent();
        assertThat(refusal(ID, time, "", BODY, THEN)).isPresent();
        assertThat(refusal(ID, "", SIGNATURE, BODY, THEN)).isPresent();
        assertThat(refusal(ID, "99999999999999999999", SIGNATURE, BODY, THEN)).isPresent();
        assertThat(refusal("", time, Signatures.sign(SECRET, "", SECONDS, BODY), BODY, THEN)).isPresent();
    }

    @Test
    void aSignatureIsGoodForFiveMinutes() {
        assertThat(refusal(ID, "" + SECONDS, SIGNATURE, BODY, THEN.plusSeconds(300))).isEmpty();
        assertThat(refusal(ID, "" + SECONDS, SIGNATURE, BODY, THEN.plusSeconds(301))).isPresent();
        assertThat(refusal(ID, "" + SECONDS, SIGNATURE, BODY, THEN.minusSeconds(301))).isPresent();
    }

    @Test
    void secretsDiffer() {
        assertThat(Signatures.newSecret()).startsWith("whsec_").hasSize(6 + 44).isNotEqualTo(Signatures.newSecret());
    }

    @Test
    void theSameIdIsTheSameKeyWhateverItsLength() {
        assertThat(IncomingHooks.key(ID)).isEqualTo(ID);
        String longId = "x".repeat(300);
        assertThat(IncomingHooks.key(longId)).hasSize(64).isEqualTo(IncomingHooks.key(longId))
                .isNotEqualTo(IncomingHooks.key(longId + "x"));
        assertThat(IncomingHooks.key("")).isNotEqualTo(IncomingHooks.key(""));
    }
}
