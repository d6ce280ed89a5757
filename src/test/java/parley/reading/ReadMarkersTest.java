package parley.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadMarkersTest {

    private static final PersonInRoom ALICE = new PersonInRoom("alice", "general");

    /** The table, in memory. */
    private static final class Table extends MarkerRows {
        private final List<ReadMarkers.Moved> stored = new ArrayList<>();
        private boolean away;

        @Override
        void store(Collection<Map.Entry<PersonInRoom, ReadMarkers.Moved>> moved) {
            if (away) {
                throw new IllegalStateException("away");
            }
            moved.forEach(entry -> stored.add(entry.getValue()));
        }
    }

    private final Table table = new Table();
    private final ReadMarkers markers = new ReadMarkers(table);

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
}
