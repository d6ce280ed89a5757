package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.hub.Heartbeat.Finding.BEHIND;
import static parley.hub.Heartbeat.Finding.DUE;
import static parley.hub.Heartbeat.Finding.SILENT;
import static parley.hub.Heartbeat.Finding.WELL;
import static parley.hub.Heartbeat.MUCH;

import org.junit.jupiter.api.Test;

/** Seconds of a peer's life: a ping every 25, silent after 35, behind after 27; much written has it pinged after 3 already. */
class HeartbeatTest {

    private static final long SECOND = 1_000_000_000;
    private static final Heartbeat.Pace PACE = new Heartbeat.Pace(25 * SECOND, 35 * SECOND, 27 * SECOND);

    private final Heartbeat heartbeat = new Heartbeat(0, PACE.every());
    private long written;

    @Test
    void whoIsSilentIsFoundAndWhateverComesCounts() {
        assertThat(at(25)).isEqualTo(DUE);
        heartbeat.heard(30 * SECOND);
        assertThat(at(50)).isEqualTo(DUE);
        assertThat(at(65)).isEqualTo(WELL);
        assertThat(at(66)).isEqualTo(SILENT);
    }

    @Test
    void whoAnswersIsPingedAgainInItsTurn() {
        assertThat(at(24)).isEqualTo(WELL);
        assertThat(at(25)).isEqualTo(DUE);
        heartbeat.answered(26 * SECOND);
        assertThat(at(49)).isEqualTo(WELL);
        assertThat(at(50)).isEqualTo(DUE);
    }

    @Test
    void muchThatWasWrittenHasItPingedSooner() {
        written = MUCH;
        assertThat(at(3)).isEqualTo(WELL);
        assertThat(at(4)).isEqualTo(DUE);
        heartbeat.answered(5 * SECOND);
        assertThat(at(10)).isEqualTo(WELL);
        written += MUCH;
        assertThat(at(11)).isEqualTo(DUE);
    }

    @Test
    void whoDoesNotAnswerWhileMuchIsWrittenIsBehindWhateverElseItSays() {
        written = MUCH;
        assertThat(at(4)).isEqualTo(DUE);
        written += MUCH;
        heartbeat.heard(30 * SECOND);
        assertThat(at(30)).isEqualTo(DUE).as("its turn has come");
        assertThat(at(31)).isEqualTo(WELL);
        assertThat(at(32)).isEqualTo(BEHIND);
    }

    @Test
    void aClientThatWasSeenToReadIsNeitherBehindNorSilent() {
        written = MUCH;
        assertThat(at(4)).isEqualTo(DUE);
        written += MUCH;
        heartbeat.moved(30 * SECOND);
        assertThat(at(32)).isEqualTo(DUE);
        assertThat(at(40)).isEqualTo(WELL);
        assertThat(at(56)).isEqualTo(WELL);
        assertThat(at(58)).as("it has read nothing for 28 s").isEqualTo(BEHIND);
    }

    @Test
    void whoIsSilentWhileMuchIsWrittenIsBehind() {
        var patient = new Heartbeat.Pace(25 * SECOND, 35 * SECOND, 600 * SECOND);
        written = MUCH;
        assertThat(heartbeat.look(4 * SECOND, written, patient)).isEqualTo(DUE);
        written += MUCH;
        assertThat(heartbeat.look(36 * SECOND, written, patient)).isEqualTo(BEHIND);
    }

    @Test
    void whoAnswersLateMayGoOn() {
        written = MUCH;
        assertThat(at(4)).isEqualTo(DUE);
        written += 10 * MUCH;
        heartbeat.answered(30 * SECOND);
        assertThat(at(32)).isEqualTo(DUE);
    }

    @Test
    void aClientThatCannotAnswerIsOnlyPinged() {
        Heartbeat oneWay = Heartbeat.oneWay(0);
        long every = Heartbeat.ONE_WAY_EVERY;
        for (int n = 1; n <= 100; n++) {
            assertThat(oneWay.look(n * every - 1, n * (long) MUCH, PACE)).isEqualTo(WELL);
            assertThat(oneWay.look(n * every, n * (long) MUCH, PACE)).isEqualTo(DUE);
        }
    }

    private Heartbeat.Finding at(int seconds) {
        return heartbeat.look(seconds * SECOND, written, PACE);
    }
}
