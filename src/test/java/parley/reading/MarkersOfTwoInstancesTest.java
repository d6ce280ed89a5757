package parley.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One person reads at random on two instances, whose packets arrive late or never because the sender is killed. Once the system has
 * settled, both instances know and have told the marker of the table.
 */
class MarkersOfTwoInstancesTest {

    private static final PersonInRoom ALICE = new PersonInRoom("alice", "general");
    private static final int STEPS = 1_000;
    private static final int LAST_OFFSET = 50;

    /** The table of both, in memory. */
    private static final class Table extends MarkerRows {
        private final Map<PersonInRoom, Long> rows = new HashMap<>(Map.of(ALICE, 0L));

        @Override
        void store(Collection<Map.Entry<PersonInRoom, ReadMarkers.Moved>> moved) {
            moved.forEach(entry -> rows.merge(entry.getKey(), entry.getValue().upto(), (before, now) ->
                    entry.getValue().back() ? now : Math.max(before, now)));
        }

        @Override
        Map<PersonInRoom, Long> read(Collection<PersonInRoom> keys) {
            return Map.copyOf(rows);
        }
    }

    private record Packet(long upto, boolean back) {}

    private final class OneInstance {
        private final Deque<Packet> toOther = new ArrayDeque<>();
        private ReadMarkers markers = new ReadMarkers(table, () -> now);
        /** What the person's devices here were told last. */
        private long told;

        void reads(long upto, boolean back) {
            long from = known();
            if (upto > from || back && upto < from) {
                long stands = markers.move(ALICE, upto, upto < from);
                if (stands == upto) {
                    toOther.add(new Packet(upto, upto < from));
                    told = known();
                }
            }
        }

        void hears(Packet packet) {
            markers.movedElsewhere(ALICE, packet.upto, packet.back);
            told = known();
        }

        void isKilled() {
            markers = new ReadMarkers(table, () -> now);
            toOther.clear();
        }

        void isStarted() {
            told = known();
        }

        void ticks() {
            markers.store();
            if (!markers.correct().isEmpty()) {
                told = known();
            }
        }

        long known() {
            return markers.moved(ALICE).orElse(table.rows.get(ALICE));
        }
    }

    private final Table table = new Table();
    private long now;
    private final List<OneInstance> instances = List.of(new OneInstance(), new OneInstance());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void bothKnowAndHaveToldTheMarkerOfTheTable(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            for (int act = 0; act < 8; act++) {
                act(random);
            }
            settle();
            assertThat(instances).as("step %d", step).allSatisfy(instance -> {
                assertThat(instance.known()).isEqualTo(table.rows.get(ALICE));
                assertThat(instance.told).isEqualTo(table.rows.get(ALICE));
            });
        }
    }

    private void act(Random random) {
        int number = random.nextInt(2);
        OneInstance one = instances.get(number);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> one.reads(random.nextInt(LAST_OFFSET), false);
            case 3, 4 -> one.reads(random.nextInt(LAST_OFFSET), true);
            case 5, 6, 7 -> deliver(number);
            case 8 -> {
                // Packets take milliseconds, markers are stored every two seconds.
                deliverAll(number);
                one.ticks();
            }
            default -> {
                one.isKilled();
                // The start takes longer than the other instance needs to store what it has. Nobody hears its packets.
                OneInstance other = instances.get(1 - number);
                other.toOther.clear();
                other.ticks();
                one.isStarted();
            }
        }
    }

    private void deliver(int from) {
        Packet packet = instances.get(from).toOther.poll();
        if (packet != null) {
            instances.get(1 - from).hears(packet);
        }
    }

    private void deliverAll(int from) {
        while (!instances.get(from).toOther.isEmpty()) {
            deliver(from);
        }
    }

    private void settle() {
        deliverAll(0);
        deliverAll(1);
        instances.forEach(OneInstance::ticks);
        now += ReadMarkers.COMPARED_AFTER.toNanos();
        instances.forEach(OneInstance::ticks);
    }
}
