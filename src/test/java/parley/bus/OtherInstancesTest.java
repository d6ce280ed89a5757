package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.metrics.Metrics;

/** What this instance knows of the messages that another one sent. */
class OtherInstancesTest {

    private static final byte[] SECRET = new byte[32];

    private final UUID self = UUID.randomUUID();
    private final List<Packet> sent = new ArrayList<>();
    private final Recorded local = new Recorded();
    private long now = 1;
    private final OtherInstances others = new OtherInstances(self, sent::add,
            new RefusalLog(new BusMetrics(new Metrics(), () -> 0, () -> true)::refused, text -> { }, () -> now), local, () -> now);
    private final Sealer own = new Sealer(SECRET, self);
    private final Unsealer unsealer = new Unsealer(SECRET);
    private Peer two = new Peer("two");

    /** Counts what may have been missed. */
    private static final class Recorded extends Local {
        private int doubts;

        @Override
        void mayHaveMissed() {
            doubts++;
        }

        @Override
        void gone(String instance) {
            // Nobody is online here.
        }
    }

    /** Another instance, whose messages arrive or get lost. */
    private final class Peer {
        private final String name;
        private final UUID incarnation = UUID.randomUUID();
        private final Sealer sealer = new Sealer(SECRET, incarnation);

        Peer(String name) {
            this.name = name;
        }

        void sends(Packet... packets) {
            receive(message(packets));
        }

        void loses(Packet... packets) {
            message(packets);
        }

        void joins() {
            sends(new Packet.Heartbeat(0));
            Packet.Challenge challenge = (Packet.Challenge) sent.getLast();
            sends(new Packet.Response(self, challenge.nonce()));
        }

        private byte[] message(Packet... packets) {
            BusMessageBuilder builder = new BusMessageBuilder(name);
            for (Packet packet : packets) {
                builder.add(PacketWriter.write(packet));
            }
            return sealer.seal(builder.build());
        }
    }

    private void receive(byte[] message) {
        others.receive((Unsealed.Message) unsealer.open(message));
    }

    private void hearsItself() {
        receive(own.seal(ByteBuffer.allocate(0)));
    }

    @BeforeEach
    void meet() {
        hearsItself();
        two.joins();
        local.doubts = 0;
    }

    @Test
    void anInstanceThatRunsAndIsNotHeardMayCommit() {
        assertThat(others.areHeard(Set.of("two"))).isTrue();
        assertThat(others.areHeard(Set.of("two", "three"))).as("three runs and says nothing").isFalse();
    }

    @Test
    void aNewInstanceMayHaveSentMessagesBefore() {
        Peer three = new Peer("three");
        three.joins();
        assertThat(local.doubts).as("when it is heard, and when it has proved itself").isEqualTo(2);
        assertThat(others.areHeard(Set.of("two", "three"))).isTrue();
    }

    @Test
    void aLostMessageIsMissedAtTheNextOne() {
        two.sends(new Packet.Heartbeat(0));
        assertThat(local.doubts).isZero();
        two.loses(new Packet.Heartbeat(0));
        assertThat(local.doubts).isZero();
        two.sends(new Packet.Heartbeat(0));
        assertThat(local.doubts).isOne();
        two.sends(new Packet.Heartbeat(0));
        assertThat(local.doubts).isOne();
    }

    @Test
    void aPacketThatWasNotSentIsMissedAtTheNextMessage() {
        two.sealer.skip();
        two.sends(new Packet.Heartbeat(0));
        assertThat(local.doubts).isOne();
    }

    @Test
    void aSilentInstanceMayCommit() {
        now += OtherInstances.HEARD_WITHIN;
        hearsItself();
        assertThat(others.areHeard(Set.of("two"))).isTrue();
        now++;
        assertThat(others.areHeard(Set.of("two"))).isFalse();
        assertThat(others.areHeard(Set.of())).as("the database doesn't know it either").isFalse();
        two.sends(new Packet.Heartbeat(0));
        assertThat(others.areHeard(Set.of("two"))).isTrue();
    }

    @Test
    void anInstanceThatDoesNotHearItselfHearsNobody() {
        now += OtherInstances.HEARD_WITHIN + 1;
        two.sends(new Packet.Heartbeat(0));
        assertThat(others.areHeard(Set.of("two"))).isFalse();
        hearsItself();
        assertThat(others.areHeard(Set.of("two"))).isTrue();
    }

    @Test
    void anInstanceThatLeavesMayHaveSentMessagesThatGotLost() {
        two.sends(new Packet.Leaving());
        assertThat(local.doubts).isOne();
        assertThat(others.areHeard(Set.of("two"))).as("the database has seen it a moment ago").isFalse();
        assertThat(others.areHeard(Set.of())).isTrue();
    }

    @Test
    void anInstanceThatRunsAloneNeedsNoBroker() {
        two.sends(new Packet.Leaving());
        now += 2 * OtherInstances.HEARD_WITHIN;
        assertThat(others.areHeard(Set.of())).isTrue();
    }
}
