package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushOutcomeTest {

    private static final Instant CREATED = Instant.parse("2030-01-01T12:00:00Z");

    private static PushRows.Job job(int attempts) {
        return new PushRows.Job("id", "push.example.com", "bob", 7, List.of(), CREATED, attempts, Optional.empty(), Optional.empty());
    }

    private static PushOutcome answered(int status, int attempts, Duration after) {
        return PushOutcome.of(new PushConnection.Answer(status, Duration.ofSeconds(30)), job(attempts), CREATED.plus(after));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 403, 413, 100})
    void anAnswerThatWontChangeDropsTheJob(int status) {
        assertThat(answered(status, 0, Duration.ZERO)).isEqualTo(new PushOutcome.Dropped("refused"));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void anUnknownBrowserIsForgotten(int status) {
        assertThat(answered(status, 0, Duration.ZERO)).isEqualTo(new PushOutcome.Gone());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void anAcceptedPushIsSent(int status) {
        assertThat(answered(status, 0, Duration.ZERO)).isEqualTo(new PushOutcome.Sent());
    }

    @ParameterizedTest
    @CsvSource({"429,0,30", "500,1,30", "503,2,125", "599,3,625"})
    void aBusyServiceIsTriedAgainLaterAndLater(int status, int attempts, long seconds) {
        assertThat(answered(status, attempts, Duration.ZERO)).isEqualTo(new PushOutcome.Later(CREATED.plusSeconds(seconds), attempts + 1));
    }

    @Test
    void aServiceThatStaysBusyIsGivenUp() {
        assertThat(answered(503, PushOutcome.MOST_ATTEMPTS - 2, Duration.ZERO)).isInstanceOf(PushOutcome.Later.class);
        assertThat(answered(503, PushOutcome.MOST_ATTEMPTS - 1, Duration.ZERO)).isEqualTo(new PushOutcome.Dropped("failed"));
        assertThat(answered(503, 0, PushOutcome.LONGEST.plusMillis(1))).isEqualTo(new PushOutcome.Dropped("failed"));
        assertThat(PushOutcome.unreachable(job(0), CREATED)).isEqualTo(new PushOutcome.Later(CREATED.plusSeconds(5), 1));
    }

    @Test
    void anOpenPageShowsItItself() {
        assertThat(PushOutcome.present(job(2), CREATED)).isEqualTo(new PushOutcome.Later(CREATED.plusSeconds(5), 2));
        assertThat(PushOutcome.present(job(2), CREATED.plus(PushOutcome.SHOWN))).isInstanceOf(PushOutcome.Later.class);
        assertThat(PushOutcome.present(job(2), CREATED.plus(PushOutcome.SHOWN).plusMillis(1))).isEqualTo(new PushOutcome.Dropped("shown"));
    }
}
