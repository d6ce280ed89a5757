package parley.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.checker.Recording.Entry;

/** The judge must reject what it is there for. */
class RecordingTest {

    private final Recording recording = new Recording();

    @BeforeEach
    void aliceAndBobFollowTheRoom() {
        recording.begins("alice", "plaza", 0);
        recording.begins("bob", "plaza", 0);
    }

    @Test
    void anAcknowledgedMessageThatIsMissingIsFound() {
        recording.acknowledged("alice", "plaza", "hi", 1);
        recording.log("plaza", List.of());
        assertThat(recording.judge()).singleElement().asString().contains("acknowledged").contains("missing");
    }

    @Test
    void anAcknowledgementOfTheWrongPlaceIsFound() {
        logAndViews("hi", "ho");
        recording.acknowledged("alice", "plaza", "hi", 2);
        assertThat(recording.judge()).singleElement().asString().contains("missing");
    }

    @Test
    void oneMessageAcknowledgedAtTwoOffsetsIsFound() {
        logAndViews("hi", "hi");
        recording.acknowledged("alice", "plaza", "hi", 1);
        recording.acknowledged("alice", "plaza", "hi", 2);
        assertThat(recording.judge()).anyMatch(found -> found.contains("two offsets"))
                .anyMatch(found -> found.contains("twice in the log"));
    }

    @Test
    void aHoleInTheLogIsFound() {
        recording.log("plaza", List.of(new Entry(1, "hi"), new Entry(3, "ho")));
        assertThat(recording.judge()).anyMatch(found -> found.contains("hole in the log"));
    }

    @Test
    void anEventSeenTwiceIsFound() {
        saw("alice", "hi", "ho");
        recording.saw("alice", "plaza", 2, "ho");
        saw("bob", "hi", "ho");
        log("hi", "ho");
        assertThat(recording.judge()).singleElement().asString().contains("twice");
    }

    @Test
    void aHoleInAViewIsFound() {
        recording.saw("alice", "plaza", 1, "hi");
        recording.saw("alice", "plaza", 3, "hu");
        saw("bob", "hi", "ho", "hu");
        log("hi", "ho", "hu");
        assertThat(recording.judge()).singleElement().asString().contains("alice saw a hole");
    }

    @Test
    void anEventLeftOutAtTheBeginningIsFound() {
        recording.saw("alice", "plaza", 2, "ho");
        saw("bob", "hi", "ho");
        log("hi", "ho");
        assertThat(recording.judge()).singleElement().asString().contains("alice saw a hole");
    }

    @Test
    void twoWhoSawDifferentOrdersAreFound() {
        saw("alice", "hi", "ho");
        saw("bob", "ho", "hi");
        log("hi", "ho");
        assertThat(recording.judge()).isNotEmpty().allMatch(found -> found.startsWith("bob saw"));
    }

    @Test
    void aClientThatDidNotReachTheEndIsFound() {
        saw("alice", "hi", "ho");
        saw("bob", "hi");
        log("hi", "ho");
        assertThat(recording.judge()).singleElement().asString().contains("bob ended at 1 of 2");
    }

    @Test
    void whatIsAsPromisedIsNotComplainedAbout() {
        logAndViews("hi", "ho");
        recording.acknowledged("alice", "plaza", "hi", 1);
        recording.acknowledged("alice", "plaza", "hi", 1);
        assertThat(recording.judge()).isEmpty();
    }

    @Test
    void whoWasToldToBeginAnewMayLeaveOut() {
        recording.saw("alice", "plaza", 1, "hi");
        recording.begins("alice", "plaza", 2);
        recording.saw("alice", "plaza", 3, "hu");
        saw("bob", "hi", "ho", "hu");
        log("hi", "ho", "hu");
        assertThat(recording.judge()).isEmpty();
    }

    private void logAndViews(String... whats) {
        saw("alice", whats);
        saw("bob", whats);
        log(whats);
    }

    private void saw(String client, String... whats) {
        for (int n = 0; n < whats.length; n++) {
            recording.saw(client, "plaza", n + 1, whats[n]);
        }
    }

    private void log(String... whats) {
        recording.log("plaza", IntStream.range(0, whats.length)
                .mapToObj(n -> new Entry(n + 1, whats[n])).toList());
    }
}
