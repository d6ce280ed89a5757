package parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import parley.hub.AClient;
import parley.journal.LoggedUpdate;
import parley.protocol.Codec;
import parley.protocol.ErrorCode;
import parley.protocol.Event;
import parley.protocol.Frame;
import parley.protocol.Reply;
import parley.protocol.User;

/** Connections get every version once and in order, in whatever order updates arrive. */
class DocumentFeedTest {

    private static final Pattern SEEN = Pattern.compile(
            "(\"version\":\\d+|document\\.closed\",\"room\":\"r\",\"document\":\"d\",\"code\":\"\\w+)");
    private static final long START = 4;

    private final DocumentFeed feed = new DocumentFeed("r", "d", START);
    private final AClient alice = new AClient("alice");
    private final AClient bob = new AClient("bob");

    private static List<LoggedUpdate> updates(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(version -> new LoggedUpdate("r", "d", version,
                Codec.encode(new Event.DocumentUpdated("r", "d", version, "AQE=", new User("carol", "Carol"))))).toList();
    }

    private static Frame reply(long version) {
        return Codec.encode(new Reply.Done(version));
    }

    private OpenDocument opens(AClient client, long version) {
        OpenDocument opening = new OpenDocument(client.connection());
        feed.add(opening);
        assertThat(feed.answer(opening, version, reply(version))).isEqualTo(DocumentFeed.Answer.SENT);
        return opening;
    }

    private static List<String> seen(AClient client) {
        return client.read(SEEN).stream().map(found -> found.replaceAll(".*[:\"]", "")).toList();
    }

    @Test
    void deliversEachVersionOnceAndInOrder() {
        opens(alice, START);
        assertThat(feed.arrived(updates(5, 6)).reads()).isFalse();
        assertThat(feed.arrived(updates(5, 6)).reads()).isFalse();
        assertThat(feed.arrived(updates(6, 8)).reads()).isFalse();
        assertThat(seen(alice)).containsExactly("5", "6", "7", "8");
    }

    @Test
    void deliversNothingPastAGapUntilItWasRead() {
        opens(alice, START);
        assertThat(feed.arrived(updates(7, 7)).reads()).isTrue();
        assertThat(feed.arrived(updates(8, 8)).reads()).as("a second read").isFalse();
        assertThat(seen(alice)).isEmpty();
        assertThat(feed.read(updates(5, 6)).reads()).as("the rest").isTrue();
        assertThat(feed.read(updates(7, 8)).reads()).isFalse();
        assertThat(seen(alice)).containsExactly("5", "6", "7", "8");
    }

    @Test
    void aFailedReadIsTriedAgainByTheNextComparison() {
        opens(alice, START);
        assertThat(feed.arrived(updates(6, 6)).reads()).isTrue();
        feed.readFailed();
        assertThat(feed.compare(START, 6).reads()).isTrue();
        feed.read(updates(5, 6));
        assertThat(seen(alice)).containsExactly("5", "6");
    }

    @Test
    void aReplyThatIsBehindIsNotSent() {
        opens(alice, START);
        OpenDocument opening = new OpenDocument(bob.connection());
        feed.add(opening);
        feed.arrived(updates(5, 5));
        assertThat(feed.answer(opening, START, reply(START))).isEqualTo(DocumentFeed.Answer.BEHIND);
        assertThat(feed.answer(opening, 5, reply(5))).isEqualTo(DocumentFeed.Answer.SENT);
        feed.arrived(updates(6, 6));
        assertThat(seen(bob)).containsExactly("6");
    }

    @Test
    void aReplyThatIsAheadIsNotRepeated() {
        opens(alice, START);
        opens(bob, 6);
        assertThat(feed.arrived(updates(5, 7)).reads()).isFalse();
        assertThat(seen(alice)).containsExactly("5", "6", "7");
        assertThat(seen(bob)).containsExactly("7");
    }

    @Test
    void whoIsNotAnsweredGetsNothing() {
        OpenDocument opening = new OpenDocument(alice.connection());
        feed.add(opening);
        feed.arrived(updates(5, 5));
        feed.tell(reply(9), bob.connection());
        assertThat(seen(alice)).isEmpty();
        feed.remove(opening);
        assertThat(feed.answer(opening, 5, reply(5))).isEqualTo(DocumentFeed.Answer.ENDED);
    }

    @Test
    void aSlowClientLosesTheDocumentAndTheOthersGoOn() {
        OpenDocument slow = opens(alice, START);
        opens(bob, START);
        // Nothing is read meanwhile by alice.
        DocumentFeed.Outcome outcome = null;
        long version = START;
        while (outcome == null || outcome.ended().isEmpty()) {
            version++;
            outcome = feed.arrived(updates(version, version));
            seen(bob);
        }
        assertThat(outcome.ended()).containsExactly(slow);
        List<String> seen = seen(alice);
        assertThat(seen.getLast()).isEqualTo("unavailable");
        assertThat(seen.subList(0, seen.size() - 1)).as("without a gap")
                .isEqualTo(LongStream.rangeClosed(START + 1, version - 1).mapToObj(String::valueOf).toList());
        assertThat(seen(bob)).hasSize((int) (version - START));
    }

    @Test
    void lostCommitsEndTheDocument() {
        opens(alice, START);
        feed.arrived(updates(5, 6));
        assertThat(feed.compare(6, 5).ended()).hasSize(1);
        assertThat(seen(alice)).containsExactly("5", "6", "gone");
        assertThat(feed.isIdle()).isTrue();
    }

    @Test
    void updatesThatTheLogNoLongerHasEndTheDocument() {
        opens(alice, START);
        feed.arrived(updates(9, 9));
        assertThat(feed.read(List.of()).ended()).hasSize(1);
        assertThat(seen(alice)).containsExactly("gone");
    }

    @Test
    void endsThoseWhoLostTheirRight() {
        opens(alice, START);
        opens(bob, START);
        feed.end(open -> open.user().equals("bob"), ErrorCode.FORBIDDEN, false);
        feed.arrived(updates(5, 5));
        assertThat(seen(alice)).containsExactly("5");
        assertThat(seen(bob)).containsExactly("forbidden");
    }
}
