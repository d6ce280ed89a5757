package parley.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.reading.RoomCursor.Listed;

class RoomCursorTest {

    private static final List<Listed> ROOMS = List.of(new Listed("b", 5), new Listed("newest", 9), new Listed("a", 5),
            new Listed("oldest", 1));

    @ParameterizedTest
    @ValueSource(strings = {"", "general", "1.2", "1.2.", "1.2.a.b", "-1.2.a", "1.2.a b", "1234567890123456789.2.a", "1..a"})
    void refusesOtherTexts(String text) {
        assertThat(RoomCursor.of(text)).isEmpty();
    }

    @Test
    void itsTextIsReadAgain() {
        RoomCursor cursor = new RoomCursor(7, 5, "a-B_9");
        assertThat(RoomCursor.of(cursor.text())).isEqualTo(Optional.of(cursor));
    }

    @Test
    void theNewestRoomComesFirst() {
        assertThat(RoomCursor.sorted(ROOMS)).extracting(Listed::room).containsExactly("newest", "a", "b", "oldest");
    }

    @Test
    void aRoomThatWasLeftMeanwhileMovesNothing() {
        RoomCursor afterA = new RoomCursor(9, 5, "a");
        List<Listed> left = new ArrayList<>(ROOMS);
        left.remove(new Listed("a", 5));
        assertThat(afterA.after(ROOMS)).extracting(Listed::room).containsExactly("b", "oldest");
        assertThat(afterA.after(left)).isEqualTo(afterA.after(ROOMS));
    }

    @Test
    void roomsOfTheSameTimeAreNeitherRepeatedNorSkipped() {
        assertThat(new RoomCursor(9, 5, "b").after(ROOMS)).extracting(Listed::room).containsExactly("oldest");
        assertThat(new RoomCursor(9, 9, "newest").after(ROOMS)).extracting(Listed::room).containsExactly("a", "b", "oldest");
        assertThat(new RoomCursor(9, 1, "oldest").after(ROOMS)).isEmpty();
    }
}
