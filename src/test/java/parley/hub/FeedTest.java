package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.hub.ARoom.ALICE;
import static parley.hub.ARoom.BOB;
import static parley.hub.ARoom.START;
import static parley.hub.ARoom.batch;
import static parley.hub.ARoom.head;
import static parley.hub.ARoom.post;
import static parley.hub.ARoom.posts;
import static parley.hub.ARoom.removal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import parley.identity.Caller;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.protocol.Frame;
import parley.protocol.User;
import parley.room.RoomView;

/** Carries out decisions on the subscriptions of a room. */
class FeedTest {

    private static final Pattern TEXT = Pattern.compile("text [0-9]+|\\{\"type\":\"(?:unsubscribed|member.left)\"|reply");

    private final Flushers flushers = new Flushers() {
        @Override
        void wake() {
            // These tests flush by hand.
        }
    };
    private final RoomView open = ARoom.open();
    private final Feed feed = new Feed("room", open.position(), new Presence(), flushers);

    @Test
    void deliversEachOffsetOnceToEverySubscription() {
        Client alice = subscribed(ALICE);
        Client bob = subscribed(BOB);
        Committed.RoomBatch batch = batch(open, post(5), post(6));
        assertThat(apply(batch).deliveries()).isEqualTo(4);
        assertThat(apply(batch).deliveries()).isZero();
        assertThat(alice.read()).containsExactly("reply", "text 5", "text 6");
        assertThat(bob.read()).containsExactly("reply", "text 5", "text 6");
    }

    @Test
    void sendsARemovedUserTheRemovalAndNothingAfterIt() {
        Client alice = subscribed(ALICE);
        Client bob = subscribed(BOB);
        Feed.Outcome outcome = apply(batch(open, post(5), removal(6, BOB), post(7)));
        assertThat(bob.read()).containsExactly("reply", "text 5", "member.left", "unsubscribed");
        assertThat(alice.read()).containsExactly("reply", "text 5", "member.left", "text 7");
        assertThat(bob.connection.subscriptions().contains("room")).isFalse();
        assertThat(outcome.idle()).isFalse();
    }

    @Test
    void keepsASubscriptionThatALaterViewAllowed() {
        Client bob = subscribed(BOB, 6);
        apply(batch(open, post(5), removal(6, BOB), post(7)));
        assertThat(bob.read()).containsExactly("reply", "text 5", "member.left", "text 7");
    }

    @Test
    void endsTheUsersWhoMayNotReadTheRoomByTheLatestView() {
        Client alice = subscribed(ALICE);
        Client bob = subscribed(BOB);
        RoomView later = open.after(List.of(ARoom.ban(5, BOB)));
        feed.apply(state -> List.of(new Effect.EndUnentitled(later)));
        assertThat(bob.read()).containsExactly("reply", "unsubscribed");
        assertThat(alice.read()).containsExactly("reply");
    }

    @Test
    void detachesAnySubscription() {
        Client alice = subscribed(ALICE);
        Client bob = subscribed(BOB);
        Client other = subscribed(ALICE);
        feed.detach(alice.subscription);
        apply(batch(open, post(5)));
        feed.detach(other.subscription);
        feed.detach(bob.subscription);
        assertThat(alice.read()).containsExactly("reply");
        assertThat(bob.read()).containsExactly("reply", "text 5");
        assertThat(other.read()).containsExactly("reply", "text 5");
        assertThat(feed.isIdle()).isTrue();
    }

    @Test
    void endsAllSubscriptionsIfADecisionCanNotBeCarriedOut() {
        Client alice = subscribed(ALICE);
        assertThatThrownBy(() -> feed.apply(state -> {
            throw new StackOverflowError("planted");
        })).isInstanceOf(StackOverflowError.class);
        assertThat(alice.read()).containsExactly("reply", "unsubscribed");
        assertThat(feed.isRetired()).isTrue();
    }

    @Test
    void readsAgainAfterItsHeadWasRead() {
        subscribed(ALICE);
        assertThat(feed.apply(state -> List.of(new Effect.ReadHead())).read()).contains(new Effect.ReadHead());
        feed.compareRead(head(4));
        assertThat(gap(7).read()).contains(new Effect.ReadMissing(4, 7));
    }

    @Test
    void holdsEventsBackUntilTheReply() {
        Client alice = new Client(ALICE);
        Subscription subscription = alice.attach(START);
        apply(batch(open, post(5)));
        assertThat(alice.read()).isEmpty();
        feed.goLive(subscription, online -> new Frame("reply"), posts(3, 4));
        assertThat(alice.read()).containsExactly("reply", "text 3", "text 4", "text 5");
    }

    @Test
    void endsASubscriptionThatHoldsBackTooMuch() {
        Client alice = new Client(ALICE);
        Subscription subscription = alice.attach(START);
        RoomView view = open;
        for (long offset = 5; offset <= 5 + 1_000; offset++) {
            Committed.RoomBatch batch = batch(view, post(offset));
            view = batch.view();
            apply(batch);
        }
        assertThat(alice.read()).containsExactly("unsubscribed");
        assertThat(feed.goLive(subscription, online -> new Frame("reply"), List.of())).isFalse();
        assertThat(feed.isIdle()).isTrue();
    }

    @Test
    void takesNoSubscriptionAfterTheEndOfAll() {
        Client alice = subscribed(ALICE);
        Feed.Outcome outcome = feed.apply(state -> List.of(new Effect.EndAll(EndReason.LOG_REPLACED)));
        assertThat(outcome.idle()).isTrue();
        assertThat(alice.read()).containsExactly("reply", "unsubscribed");
        assertThat(feed.attach(new Subscription(new Client(BOB).connection, START))).isEmpty();
    }

    @Test
    void readsTheLogOnceForManyGaps() {
        subscribed(ALICE);
        assertThat(gap(7).read()).contains(new Effect.ReadMissing(4, 7));
        assertThat(gap(8).read()).isEmpty();
        assertThat(gap(9).read()).isEmpty();
    }

    @Test
    void readsAgainWhatWasMissedDuringARead() {
        subscribed(ALICE);
        gap(7);
        gap(9);
        assertThat(read(posts(5, 7)).read()).contains(new Effect.ReadMissing(7, 9));
        // A hint of another instance may be wrong: the log ends at 7, and one more read is enough.
        assertThat(read(List.of()).read()).isEmpty();
        assertThat(gap(11).read()).contains(new Effect.ReadMissing(7, 11));
    }

    @Test
    void readsNothingMoreIfWhatWasMissedArrived() {
        subscribed(ALICE);
        gap(7);
        gap(8);
        assertThat(read(posts(5, 8)).read()).isEmpty();
    }

    @Test
    void readsAfterAFailedReadWhenItIsComparedAgain() {
        subscribed(ALICE);
        gap(7);
        feed.readFailed();
        assertThat(feed.compare(head(7)).read()).contains(new Effect.ReadMissing(4, 7));
    }

    private Client subscribed(User user) {
        return subscribed(user, START);
    }

    private Client subscribed(User user, long allowedAt) {
        Client client = new Client(user);
        feed.goLive(client.attach(allowedAt), online -> new Frame("reply"), List.of());
        return client;
    }

    private Feed.Outcome apply(Committed.RoomBatch batch) {
        return feed.apply(state -> Delivery.ofBatch(state, batch, batch.view()));
    }

    // The event at this offset arrives, and the one before it is missing.
    private Feed.Outcome gap(long offset) {
        return feed.apply(state -> Delivery.ofLate(state, ARoom.EPOCH, posts(offset, offset), Optional.of(open)));
    }

    private Feed.Outcome read(List<LoggedFrame> frames) {
        long head = frames.isEmpty() ? 7 : frames.getLast().offset();
        return feed.applyRead(state -> Delivery.ofRead(state, new LogRead(head - frames.size(), head(head), frames), Optional.of(open)));
    }

    /** A connection whose outbox is flushed to read it. */
    private final class Client {
        private final StringBuilder written = new StringBuilder();
        private final List<Outbox> due = new java.util.ArrayList<>();
        private final Connection connection;
        private Subscription subscription;

        Client(User user) {
            Caller caller = new Caller(user, Set.of(), Instant.EPOCH, Instant.now().plusSeconds(600), "", "");
            Flusher flusher = new Flusher(delay -> { }) {
                @Override
                synchronized void add(Outbox outbox) {
                    due.add(outbox);
                }
            };
            connection = new Connection(user.id(), caller, "127.0.0.1", new Peer(), flusher, 1 << 20,
                    Heartbeat.begin(Duration.ofMinutes(1)), null);
            connection.begin();
        }

        Subscription attach(long allowedAt) {
            subscription = new Subscription(connection, allowedAt);
            connection.subscriptions().put("room", subscription);
            assertThat(feed.attach(subscription)).hasValue(START);
            return subscription;
        }

        /** What the client has read: replies, texts, and the types of other events. */
        List<String> read() {
            due.forEach(outbox -> outbox.flush(new WriteBatch()));
            return TEXT.matcher(written).results().map(match -> match.group().replaceAll(".*:|\"", "")).toList();
        }

        private final class Peer implements Wire {

            @Override
            public void begin(Runnable ready) {
                ready.run();
            }

            @Override
            public Taken send(byte[] frames, int count) {
                written.append(new String(frames, 0, count, StandardCharsets.UTF_8));
                return Taken.READY;
            }

            @Override
            public void end() {
                written.append("end");
            }

            @Override
            public void abort() {
                end();
            }
        }
    }
}
