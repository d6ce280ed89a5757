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
    void acceptsNothingBeforeTheResponse() {
        assertThat(receive(other, 7)).isEqualTo(Incarnations.Verdict.UNKNOWN);
        assertThat(receive(other, 8)).isEqualTo(Incarnations.Verdict.UNVERIFIED);
        assertThat(receive(other, 9, new Packet.Leaving())).isEqualTo(Incarnations.Verdict.UNVERIFIED);
        assertThat(incarnations.openChallenges()).containsExactly(new Packet.Challenge(other, new UUID(0, 1)));
    }

    @Test
    void ignoresAResponseToAnotherChallengeOrForAnotherIncarnation() {
        receive(other, 1);
        assertThat(receive(other, 2, new Packet.Response(self, new UUID(0, 99)))).isEqualTo(Incarnations.Verdict.UNVERIFIED);
        assertThat(receive(other, 3, new Packet.Response(UUID.randomUUID(), new UUID(0, 1)))).isEqualTo(Incarnations.Verdict.UNVERIFIED);
    }

    @Test
    void ignoresTheResponseToAnEarlierChallenge() {
        receive(other, 1);
        Packet recorded = new Packet.Response(self, new UUID(0, 1));
        advance(Incarnations.CHALLENGE_TIMEOUT + 1);
        assertThat(incarnations.expireUnverified(now)).isOne();
        assertThat(receive(other, 1)).isEqualTo(Incarnations.Verdict.UNKNOWN);
        assertThat(receive(other, 2, recorded)).isEqualTo(Incarnations.Verdict.UNVERIFIED);
    }

    @Test
    void acceptsEachMessageOnceAndOnlyInOrder() {
        verify(other, 5);
        assertThat(receive(other, 6)).isEqualTo(Incarnations.Verdict.ACCEPTED);
        assertThat(receive(other, 6)).isEqualTo(Incarnations.Verdict.REPLAYED);
        assertThat(receive(other, 9)).as("missing messages are read from the log").isEqualTo(Incarnations.Verdict.ACCEPTED_AFTER_GAP);
        assertThat(receive(other, 8)).isEqualTo(Incarnations.Verdict.REPLAYED);
        assertThat(receive(other, 1)).isEqualTo(Incarnations.Verdict.REPLAYED);
        assertThat(receive(other, Long.MIN_VALUE)).isEqualTo(Incarnations.Verdict.REPLAYED);
        assertThat(receive(other, 10)).isEqualTo(Incarnations.Verdict.ACCEPTED);
    }

    @Test
    void challengesAnIncarnationAgainAfterItLeft() {
        verify(other, 5);
        incarnations.remove(other);
        assertThat(receive(other, 5)).isEqualTo(Incarnations.Verdict.UNKNOWN);
        assertThat(receive(other, 6, new Packet.Response(self, new UUID(0, 1)))).as("the earlier response")
                .isEqualTo(Incarnations.Verdict.UNVERIFIED);
    }

    @Test
    void challengesAnIncarnationAgainAfterSilence() {
        verify(other, 5);
        advance(Incarnations.SILENCE_TIMEOUT);
        assertThat(incarnations.expireSilent(now)).isEmpty();
        advance(1);
        assertThat(incarnations.expireSilent(now)).containsExactly(other);
        assertThat(receive(other, 3)).isEqualTo(Incarnations.Verdict.UNKNOWN);
    }

    @Test
    void boundsAndExpiresChallengesToRecordedIncarnations() {
        List<UUID> old = LongStream.rangeClosed(1, Incarnations.MAX_UNVERIFIED).mapToObj(id -> new UUID(id, id)).toList();
        verify(other, 1);
        assertThat(old).allMatch(id -> receive(id, 1) == Incarnations.Verdict.UNKNOWN);
        assertThat(receive(UUID.randomUUID(), 1)).isEqualTo(Incarnations.Verdict.TOO_MANY_UNVERIFIED);
        assertThat(incarnations.openChallenges()).hasSize(Incarnations.MAX_UNVERIFIED);
        assertThat(receive(other, 2)).as("a verified sender").isEqualTo(Incarnations.Verdict.ACCEPTED);

        advance(Incarnations.CHALLENGE_TIMEOUT + 1);
        assertThat(incarnations.expireUnverified(now)).isEqualTo(Incarnations.MAX_UNVERIFIED);
        assertThat(receive(UUID.randomUUID(), 1)).isEqualTo(Incarnations.Verdict.UNKNOWN);
    }

    private void verify(UUID incarnation, long number) {
        receive(incarnation, number - 1);
        assertThat(receive(incarnation, number, new Packet.Response(self, new UUID(0, nonces)))).isEqualTo(Incarnations.Verdict.VERIFIED);
    }

    private Incarnations.Verdict receive(UUID incarnation, long number, Packet... packets) {
        return incarnations.receive(incarnation, number, List.of(packets), now);
    }

    private void advance(long nanos) {
        now += nanos;
    }
}
