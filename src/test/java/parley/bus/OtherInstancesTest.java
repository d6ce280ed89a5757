package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.hub.Presence;
import parley.metrics.Metrics;

/** What this instance knows of the messages that another one sent. */
class OtherInstancesTest {

    private static final byte[] SECRET = new byte[32];

    private final UUID self = UUID.randomUUID();
    private final List<Packet> sent = new ArrayList<>();
    private final Recorded local = new Recorded();
    private long now = 1;
    private final List<Packet.PresenceRequest> asked = new ArrayList<>();
    private boolean allAnswer = true;
    private final OtherInstances others = new OtherInstances(self, sent::add, (to, request) -> asked.add(request), () -> allAnswer,
            new RefusalLog(new BusMetrics(new Metrics(), () -> 0, () -> true)::refused, text -> { }, () -> now), local, () -> now);
    private final Sealer own = new Sealer(SECRET, self);
    private final Unsealer unsealer = new Unsealer(SECRET);
    private Peer two = new Peer("two");

    /** Counts what may have been missed. */
    private static final class Recorded extends Local {
        private final Presence presence = new Presence();
        private int doubts;

        @Override
        void mayHaveMissed() {
            doubts++;
        }

        @Override
        Presence presence() {
            return presence;
        }

        @Override
        void gone(String instance) {
            presence.gone(instance);
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
    void asksForTheRoomsThatGotAListener() {
        CompletableFuture<Void> look = look("plaza");
        Packet.PresenceRequest request = (Packet.PresenceRequest) others.askForPresence().getFirst();
        assertThat(request.of()).isEqualTo(two.incarnation);
        assertThat(request.rooms()).containsExactly("plaza");
        two.sends(answer(request, false, false, Map.of("plaza", List.of("alice"))));
        assertThat(look).isNotDone();
        two.sends(answer(request, true, true, Map.of("plaza", List.of("bob"))));
        assertThat(look).isCompleted();
        assertThat(local.presence.isOnline("plaza", "alice")).isTrue();
        assertThat(local.presence.isOnline("plaza", "bob")).isTrue();
        assertThat(others.askForPresence()).isEmpty();
    }

    @Test
    void waitsForTheAnswersOfAllInstancesThatAreStillThere() {
        new Peer("three").joins();
        CompletableFuture<Void> look = look("plaza");
        Packet.PresenceRequest request = (Packet.PresenceRequest) others.askForPresence().getFirst();
        assertThat(request.of()).isEqualTo(Packet.PresenceRequest.ALL);
        two.sends(new Packet.Leaving());
        assertThat(look).isNotDone();
        now += Incarnations.SILENCE_TIMEOUT + 1;
        others.tick();
        assertThat(look).isCompleted();
    }

    @Test
    void asksAgainForWhatWasNotAnswered() {
        others.tick();
        look("plaza");
        Packet.PresenceRequest lost = (Packet.PresenceRequest) others.askForPresence().getFirst();
        now += PresenceRequests.REPEAT_AFTER - 1;
        assertThat(others.tick()).isEmpty();
        now++;
        assertThat(((Packet.PresenceRequest) others.tick().getFirst()).rooms()).isEqualTo(lost.rooms());
    }

    @Test
    void asksForAllHeldRoomsAfterMissingPresence() {
        two.sends(new Packet.Heartbeat(0));
        others.tick();
        look("plaza");
        others.askForPresence();
        two.sends(new Packet.Presence(1, "plaza", List.of("alice"), List.of()));
        assertThat(others.tick()).isEmpty();
        two.sends(new Packet.Presence(3, "plaza", List.of("carol"), List.of()));
        assertThat(others.tick()).hasSize(1);
        two.sends(new Packet.Presence(4, "plaza", List.of(), List.of("alice")), new Packet.Heartbeat(4));
        assertThat(others.tick()).isEmpty();
        two.sends(new Packet.Heartbeat(5));
        assertThat(others.tick()).hasSize(1);
    }

    @Test
    void keepsNothingAboutRoomsThatNobodyHereListensTo() {
        two.sends(new Packet.Presence(1, "plaza", List.of("alice"), List.of()));
        assertThat(local.presence.held()).isEmpty();
        assertThat(others.tick()).isEmpty();
    }

    @Test
    void asksInstancesOfAnOlderVersionForASnapshot() {
        two.sends(new Packet.Heartbeat(0));
        others.tick();
        allAnswer = false;
        look("plaza");
        assertThat(others.askForPresence()).isEmpty();
        now += OtherInstances.SNAPSHOTS_EVERY;
        assertThat(others.tick()).containsExactly(new Packet.SnapshotRequest(two.incarnation));
        two.sends(new Packet.Snapshot(0, 1, 1, Map.of("plaza", List.of("bob"), "cellar", List.of("bob"))));
        assertThat(local.presence.isOnline("plaza", "bob")).isTrue();
        assertThat(local.presence.held()).containsExactly("plaza");
    }

    @Test
    void answersRequestsThatAskIt() {
        two.sends(new Packet.PresenceRequest(UUID.randomUUID(), 1, List.of("plaza")));
        assertThat(asked).isEmpty();
        two.sends(new Packet.PresenceRequest(self, 2, List.of("plaza")),
                new Packet.PresenceRequest(Packet.PresenceRequest.ALL, 3, List.of("plaza")));
        assertThat(asked).extracting(Packet.PresenceRequest::id).containsExactly(2L, 3L);
    }

    private CompletableFuture<Void> look(String room) {
        local.presence.askOthersBy(() -> true);
        return local.presence.look(room);
    }

    private Packet answer(Packet.PresenceRequest request, boolean continues, boolean last, Map<String, List<String>> users) {
        return new Packet.PresenceAnswer(self, request.id(), continues, last, users);
    }

    @Test
    void anInstanceThatRunsAloneNeedsNoBroker() {
        two.sends(new Packet.Leaving());
        now += 2 * OtherInstances.HEARD_WITHIN;
        assertThat(others.areHeard(Set.of())).isTrue();
    }
}
