package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IncarnationsTest {

    private final UUID self = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private long now = System.nanoTime();
    private long nonces;
    private final Incarnations incarnations = new Incarnations(self, () -> new UUID(0, ++nonces));

    @Test
    void nothingIsTakenOfALifeThatHasNotAnswered() {
        assertThat(hears(other, 7)).isEqualTo(Incarnations.Verdict.MET);
        assertThat(hears(other, 8)).isEqualTo(Incarnations.Verdict.ASKED);
        assertThat(hears(other, 9, new Packet.Leaving())).isEqualTo(Incarnations.Verdict.ASKED);
        assertThat(incarnations.questions()).containsExactly(new Packet.Question(other, new UUID(0, 1)));
    }

    @Test
    void anAnswerToAnotherQuestionOrAnotherLifeIsNone() {
        hears(other, 1);
        assertThat(hears(other, 2, new Packet.Answer(self, new UUID(0, 99)))).isEqualTo(Incarnations.Verdict.ASKED);
        assertThat(hears(other, 3, new Packet.Answer(UUID.randomUUID(), new UUID(0, 1)))).isEqualTo(Incarnations.Verdict.ASKED);
    }

    @Test
    void theAnswerToAnEarlierQuestionIsNone() {
        hears(other, 1);
        Packet recorded = new Packet.Answer(self, new UUID(0, 1));
        passes(Incarnations.LONGEST_WAIT + 1);
        assertThat(incarnations.unanswered(now)).isOne();
        assertThat(hears(other, 1)).isEqualTo(Incarnations.Verdict.MET);
        assertThat(hears(other, 2, recorded)).isEqualTo(Incarnations.Verdict.ASKED);
    }

    @Test
    void ofALifeThatAnsweredEachMessageIsTakenOnceAndNoneOutOfOrder() {
        answers(other, 5);
        assertThat(hears(other, 6)).isEqualTo(Incarnations.Verdict.TAKEN);
        assertThat(hears(other, 6)).isEqualTo(Incarnations.Verdict.REPLAYED);
        assertThat(hears(other, 9)).as("what is missing is read from the log").isEqualTo(Incarnations.Verdict.TAKEN);
        assertThat(hears(other, 8)).isEqualTo(Incarnations.Verdict.REPLAYED);
        assertThat(hears(other, 1)).isEqualTo(Incarnations.Verdict.REPLAYED);
        assertThat(hears(other, Long.MIN_VALUE)).isEqualTo(Incarnations.Verdict.REPLAYED);
        assertThat(hears(other, 10)).isEqualTo(Incarnations.Verdict.TAKEN);
    }

    @Test
    void aLifeThatWentHasToAnswerAgain() {
        answers(other, 5);
        incarnations.left(other);
        assertThat(hears(other, 5)).isEqualTo(Incarnations.Verdict.MET);
        assertThat(hears(other, 6, new Packet.Answer(self, new UUID(0, 1)))).as("what it answered then").isEqualTo(Incarnations.Verdict.ASKED);
    }

    @Test
    void aSilentLifeHasToAnswerAgain() {
        answers(other, 5);
        passes(Incarnations.LONGEST_SILENCE);
        assertThat(incarnations.silent(now)).isEmpty();
        passes(1);
        assertThat(incarnations.silent(now)).containsExactly(other);
        assertThat(hears(other, 3)).isEqualTo(Incarnations.Verdict.MET);
    }

    @Test
    void recordingsOfManyLivesKeepNothingAndEndByThemselves() {
        List<UUID> old = LongStream.rangeClosed(1, Incarnations.MOST_ASKED).mapToObj(id -> new UUID(id, id)).toList();
        answers(other, 1);
        assertThat(old).allMatch(life -> hears(life, 1) == Incarnations.Verdict.MET);
        assertThat(hears(UUID.randomUUID(), 1)).isEqualTo(Incarnations.Verdict.CROWDED);
        assertThat(incarnations.questions()).hasSize(Incarnations.MOST_ASKED);
        assertThat(hears(other, 2)).as("who has answered").isEqualTo(Incarnations.Verdict.TAKEN);

        passes(Incarnations.LONGEST_WAIT + 1);
        assertThat(incarnations.unanswered(now)).isEqualTo(Incarnations.MOST_ASKED);
        assertThat(hears(UUID.randomUUID(), 1)).isEqualTo(Incarnations.Verdict.MET);
    }

    private void answers(UUID life, long number) {
        hears(life, number - 1);
        assertThat(hears(life, number, new Packet.Answer(self, new UUID(0, nonces)))).isEqualTo(Incarnations.Verdict.FIRST);
    }

    private Incarnations.Verdict hears(UUID life, long number, Packet... packets) {
        return incarnations.hear(life, number, List.of(packets), now);
    }

    private void passes(long nanos) {
        now += nanos;
    }
}
