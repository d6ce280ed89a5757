package parley.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadMarkersTest {

    private static final PersonInRoom ALICE = new PersonInRoom("alice", "general");

    /** The table, in memory. */
    private static final class Table extends MarkerRows {
        private final List<ReadMarkers.Moved> stored = new ArrayList<>();
        private final List<PersonInRoom> keys = new ArrayList<>();
        private boolean away;
        private long row;
        private int reads;
        private Runnable whileStoring = () -> { };

        @Override
        void store(Collection<Map.Entry<PersonInRoom, ReadMarkers.Moved>> moved) {
            if (away) {
                throw new IllegalStateException("away");
            }
            moved.forEach(entry -> stored.add(entry.getValue()));
            moved.forEach(entry -> keys.add(entry.getKey()));
            whileStoring.run();
        }

        @Override
        Map<PersonInRoom, Long> read(Collection<PersonInRoom> keys) {
            reads += keys.size();
            return Map.of(ALICE, row);
        }
    }

    private final Table table = new Table();
    private long now;
    private final ReadMarkers markers = new ReadMarkers(table, () -> now);

    @Test
    void aMarkerThatMovesOftenIsStoredOnce() {
        markers.move(ALICE, 5, false);
        markers.move(ALICE, 9, false);
        markers.store();
        markers.store();
        assertThat(table.stored).containsExactly(new ReadMarkers.Moved(9, false));
        assertThat(markers.moved(ALICE)).contains(9L);
    }

    @Test
    void markersAreStoredInTheSameOrderOnEveryInstance() {
        List<PersonInRoom> people = IntStream.range(100, 200).mapToObj(n -> new PersonInRoom("user" + n / 2, "room" + n % 2)).toList();
        people.reversed().forEach(key -> markers.move(key, 5, false));
        markers.store();
        assertThat(table.keys).isEqualTo(people);
    }

    @Test
    void aMarkerDoesNotMoveBackByAccident() {
        markers.move(ALICE, 9, false);
        assertThat(markers.move(ALICE, 5, false)).isEqualTo(9);
        assertThat(markers.moved(ALICE)).contains(9L);
    }

    @Test
    void aMarkerMovesBackOnPurposeAndForwardAgain() {
        markers.move(ALICE, 9, false);
        assertThat(markers.move(ALICE, 5, true)).isEqualTo(5);
        assertThat(markers.move(ALICE, 7, false)).isEqualTo(7);
        markers.store();
        assertThat(table.stored).containsExactly(new ReadMarkers.Moved(7, true));
    }

    @Test
    void anotherInstanceMovesTheMarkerOnAndBack() {
        markers.move(ALICE, 9, false);
        markers.movedElsewhere(ALICE, 20, false);
        assertThat(markers.moved(ALICE)).contains(20L);
        markers.movedElsewhere(ALICE, 3, true);
        assertThat(markers.moved(ALICE)).contains(3L);
        markers.store();
        assertThat(table.stored).as("the other instance stores it").isEmpty();
    }

    @Test
    void aMarkerWaitsWhileTheDatabaseIsAway() {
        table.away = true;
        markers.move(ALICE, 9, false);
        assertThatThrownBy(markers::store).isInstanceOf(IllegalStateException.class);
        table.away = false;
        markers.store();
        assertThat(table.stored).containsExactly(new ReadMarkers.Moved(9, false));
    }

    @Test
    void aMarkerThatAnotherInstanceNeverStoredStandsWhereItsRowSays() {
        markers.movedElsewhere(ALICE, 20, false);
        table.row = 9;
        assertThat(markers.correct()).as("the other instance may still store it").isEmpty();
        assertThat(markers.moved(ALICE)).contains(20L);

        now += ReadMarkers.COMPARED_AFTER.toNanos();
        assertThat(markers.correct()).containsExactly(ALICE);
        assertThat(markers.moved(ALICE)).isEmpty();
        assertThat(markers.correct()).isEmpty();
        assertThat(table.reads).as("each is compared once").isEqualTo(1);
    }

    @Test
    void aMarkerThatAnotherInstanceStoredIsRight() {
        markers.movedElsewhere(ALICE, 20, false);
        table.row = 20;
        now += ReadMarkers.COMPARED_AFTER.toNanos();
        assertThat(markers.correct()).isEmpty();
        assertThat(markers.moved(ALICE)).contains(20L);
    }

    @Test
    void aMarkerThatMovedHereMeanwhileIsNotCorrected() {
        markers.movedElsewhere(ALICE, 20, false);
        now += ReadMarkers.COMPARED_AFTER.toNanos();
        markers.move(ALICE, 30, false);
        assertThat(markers.correct()).isEmpty();
        assertThat(markers.moved(ALICE)).contains(30L);
    }

    @Test
    void aMarkerThatMovedBackElsewhereWhileItWasStoredStaysThere() {
        table.whileStoring = () -> markers.movedElsewhere(ALICE, 3, true);
        markers.move(ALICE, 9, false);
        markers.store();
        assertThat(markers.moved(ALICE)).contains(3L);
    }
}
