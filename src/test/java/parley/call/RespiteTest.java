package parley.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When the sweep may remove what did not come back. */
class RespiteTest {

    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant BACK = START.plus(Respite.LONGEST_GAP).plusMillis(1);

    private final Respite respite = new Respite();

    private boolean isOverAfterReading(Instant now) {
        respite.wasRead(now);
        return respite.isOver(now);
    }

    @Test
    void nothingIsRemovedSoonAfterTheDatabaseWasAway() {
        assertThat(isOverAfterReading(START)).isTrue();
        assertThat(isOverAfterReading(BACK)).isFalse();
        assertThat(isOverAfterReading(BACK.plusSeconds(7))).isFalse();
        assertThat(isOverAfterReading(BACK.plus(Respite.LENGTH).minusMillis(1))).isFalse();
        assertThat(isOverAfterReading(BACK.plus(Respite.LENGTH))).isTrue();
    }

    @Test
    void aDatabaseThatIsAwayAgainGivesAnotherRespite() {
        respite.wasRead(START);
        respite.wasRead(BACK);
        Instant again = BACK.plus(Respite.LONGEST_GAP).plusMillis(1);
        assertThat(isOverAfterReading(again)).isFalse();
        assertThat(isOverAfterReading(again.plusSeconds(9))).isFalse();
        assertThat(isOverAfterReading(again.plus(Respite.LENGTH))).isTrue();
    }

    @Test
    void aShortGapIsNoAbsence() {
        respite.wasRead(START);
        assertThat(isOverAfterReading(START.plus(Respite.LONGEST_GAP))).isTrue();
    }
}
