package parley.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.checker.History.Entry;

/** The checker reports each kind of violation. */
class HistoryTest {

    private final History history = new History();

    @BeforeEach
    void subscribe() {
        history.subscribed("alice", "plaza", 0);
        history.subscribed("bob", "plaza", 0);
    }

    @Test
    void reportsAnAcknowledgedMessageThatIsMissing() {
        history.acknowledged("alice", "plaza", "hi", 1);
        history.log("plaza", List.of());
        assertThat(history.violations()).singleElement().asString().contains("acknowledged").contains("missing");
    }

    @Test
    void reportsAnAcknowledgementWithTheWrongOffset() {
        logAndClients("hi", "ho");
        history.acknowledged("alice", "plaza", "hi", 2);
        assertThat(history.violations()).singleElement().asString().contains("missing");
    }

    @Test
    void reportsAMessageAcknowledgedAtTwoOffsets() {
        logAndClients("hi", "hi");
        history.acknowledged("alice", "plaza", "hi", 1);
        history.acknowledged("alice", "plaza", "hi", 2);
        assertThat(history.violations()).anyMatch(found -> found.contains("two offsets"))
                .anyMatch(found -> found.contains("duplicate in the log"));
    }

    @Test
    void reportsAGapInTheLog() {
        history.log("plaza", List.of(new Entry(1, "hi"), new Entry(3, "ho")));
        assertThat(history.violations()).anyMatch(found -> found.contains("gap in the log"));
    }

    @Test
    void reportsAnEventReceivedTwice() {
        receives("alice", "hi", "ho");
        history.received("alice", "plaza", 2, "ho");
        receives("bob", "hi", "ho");
        log("hi", "ho");
        assertThat(history.violations()).singleElement().asString().contains("duplicate");
    }

    @Test
    void reportsAGapInWhatAClientReceived() {
        history.received("alice", "plaza", 1, "hi");
        history.received("alice", "plaza", 3, "hu");
        receives("bob", "hi", "ho", "hu");
        log("hi", "ho", "hu");
        assertThat(history.violations()).singleElement().asString().contains("alice received a gap");
    }

    @Test
    void reportsAMissingFirstEvent() {
        history.received("alice", "plaza", 2, "ho");
        receives("bob", "hi", "ho");
        log("hi", "ho");
        assertThat(history.violations()).singleElement().asString().contains("alice received a gap");
    }

    @Test
    void reportsDifferentOrders() {
        receives("alice", "hi", "ho");
        receives("bob", "ho", "hi");
        log("hi", "ho");
        assertThat(history.violations()).isNotEmpty().allMatch(found -> found.startsWith("bob received"));
    }

    @Test
    void reportsAClientThatDidNotReachTheEnd() {
        receives("alice", "hi", "ho");
        receives("bob", "hi");
        log("hi", "ho");
        assertThat(history.violations()).singleElement().asString().contains("bob stopped at 1 of 2");
    }

    @Test
    void reportsNothingWithoutAViolation() {
        logAndClients("hi", "ho");
        history.acknowledged("alice", "plaza", "hi", 1);
        history.acknowledged("alice", "plaza", "hi", 1);
        assertThat(history.violations()).isEmpty();
    }

    @Test
    void allowsAGapAfterAReload() {
        history.received("alice", "plaza", 1, "hi");
        history.subscribed("alice", "plaza", 2);
        history.received("alice", "plaza", 3, "hu");
        receives("bob", "hi", "ho", "hu");
        log("hi", "ho", "hu");
        assertThat(history.violations()).isEmpty();
    }

    private void logAndClients(String... ids) {
        receives("alice", ids);
        receives("bob", ids);
        log(ids);
    }

    private void receives(String client, String... ids) {
        for (int n = 0; n < ids.length; n++) {
            history.received(client, "plaza", n + 1, ids[n]);
        }
    }

    private void log(String... ids) {
        history.log("plaza", IntStream.range(0, ids.length)
                .mapToObj(n -> new Entry(n + 1, ids[n])).toList());
    }
}
