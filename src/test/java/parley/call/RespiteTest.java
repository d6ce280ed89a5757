package parley.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When the sweep may remove what did not come back. */
class RespiteTest {

    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant BACK = START.plus(Respite.LONGEST_GAP).plusMillis(1);

    private final Respite respite = new Respite();

    @Test
    void nothingIsRemovedSoonAfterTheDatabaseWasAway() {
        assertThat(respite.isOver(START)).isTrue();
        assertThat(respite.isOver(BACK)).isFalse();
        assertThat(respite.isOver(BACK.plusSeconds(7))).isFalse();
        assertThat(respite.isOver(BACK.plus(Respite.LENGTH).minusMillis(1))).isFalse();
        assertThat(respite.isOver(BACK.plus(Respite.LENGTH))).isTrue();
    }

    @Test
    void aDatabaseThatIsAwayAgainGivesAnotherRespite() {
        respite.isOver(START);
        respite.isOver(BACK);
        Instant again = BACK.plus(Respite.LONGEST_GAP).plusMillis(1);
        assertThat(respite.isOver(again)).isFalse();
        assertThat(respite.isOver(again.plusSeconds(9))).isFalse();
        assertThat(respite.isOver(again.plus(Respite.LENGTH))).isTrue();
    }

    @Test
    void aShortGapIsNoAbsence() {
        respite.isOver(START);
        assertThat(respite.isOver(START.plus(Respite.LONGEST_GAP))).isTrue();
    }
}
