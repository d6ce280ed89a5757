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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.identity.Caller;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.protocol.Frame;
import parley.protocol.MessageChange;
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
    private final Pages pages = new Pages();
    private final Feed feed = new Feed("room", open.position(), new Presence(), flushers, pages);

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
    void holdsEventsBackFromTheirPositionUntilTheyAreReleased() {
        Client alice = new Client(ALICE);
        alice.connection.holdEvents();
        feed.answer(alice.attach(START), online -> new Frame("reply"), START);
        apply(batch(open, post(5)));
        assertThat(alice.read()).containsExactly("reply");
        alice.connection.releaseEvents();
        assertThat(alice.connection.behind().next()).isSameAs(alice.subscription);
        assertThat(feed.replaysAfter(alice.subscription)).hasValue(START);
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
    void sendsNothingBeforeTheReplyAndEverythingAfterThePositionLater() {
        Client alice = new Client(ALICE);
        Subscription subscription = alice.attach(START);
        apply(batch(open, post(5)));
        assertThat(alice.read()).isEmpty();
        feed.answer(subscription, online -> new Frame("reply"), 2);
        assertThat(feed.replaysAfter(subscription)).hasValue(2);
        assertThat(feed.replay(subscription, posts(3, 4)).deliveries()).isEqualTo(2);
        assertThat(feed.replay(subscription, pages.after(feed, head(4))).deliveries()).isEqualTo(1);
        assertThat(feed.isBehind(subscription)).isFalse();
        apply(batch(open.after(List.of(post(5))), post(6)));
        assertThat(alice.read()).containsExactly("reply", "text 3", "text 4", "text 5", "text 6");
    }

    @Test
    void replaysNothingThatTheFeedHasNotDelivered() {
        Client alice = new Client(ALICE);
        Subscription subscription = alice.attach(START);
        feed.answer(subscription, online -> new Frame("reply"), 3);
        feed.replay(subscription, posts(4, 9));
        assertThat(alice.read()).containsExactly("reply", "text 4");
        apply(batch(open, post(5)));
        assertThat(alice.read()).containsExactly("reply", "text 4", "text 5");
    }

    @Test
    void endsASubscriptionThatIsTooFarBehind() {
        Client alice = new Client(ALICE);
        Subscription subscription = alice.attach(START);
        deliver(posts(START + Feed.MOST_BEHIND, START + Feed.MOST_BEHIND));
        assertThat(feed.isIdle()).isFalse();
        deliver(posts(START + Feed.MOST_BEHIND + 1, START + Feed.MOST_BEHIND + 1));
        assertThat(alice.read()).containsExactly("unsubscribed");
        assertThat(feed.answer(subscription, online -> new Frame("reply"), START)).isFalse();
        assertThat(feed.isIdle()).isTrue();
    }

    @Test
    void endsASubscriptionWhoseNextEventsTheLogNoLongerHas() {
        Client alice = new Client(ALICE);
        Subscription subscription = alice.attach(START);
        feed.answer(subscription, online -> new Frame("reply"), 2);
        assertThat(feed.replay(subscription, List.of()).idle()).isTrue();
        assertThat(alice.read()).containsExactly("reply", "unsubscribed");
        assertThat(feed.replay(subscription, posts(3, 4)).deliveries()).isZero();
    }

    @Test
    void aRemovedUserWhoIsBehindGetsNothingMore() {
        Client bob = new Client(BOB);
        Subscription subscription = bob.attach(START);
        feed.answer(subscription, online -> new Frame("reply"), 2);
        apply(batch(open, removal(5, BOB), post(6)));
        assertThat(feed.replay(subscription, posts(3, 6)).deliveries()).isZero();
        assertThat(bob.read()).containsExactly("reply", "unsubscribed");
    }

    @Test
    void aClientThatReadsNothingIsBehindAndNobodyElse() {
        Client alice = subscribed(ALICE);
        Client bob = subscribed(BOB);
        bob.stopsReading();
        List<LoggedFrame> large = ARoom.frames(ARoom.event(5, ALICE, new MessageChange.Posted("x".repeat(60_000), "k", 0, false,
                List.of(), false, false)));
        long offset = 5;
        while (!feed.isBehind(bob.subscription)) {
            deliver(List.of(new LoggedFrame(offset++, large.getFirst().frame())));
            alice.read();
        }
        assertThat(offset).isBetween(19L, 25L);
        assertThat(bob.connection.waitingBytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(bob.connection.behind().size()).isEqualTo(1);
        assertThat(feed.isBehind(alice.subscription)).isFalse();
        feed.broadcast(new Frame("typing"), to -> true);
        alice.read();
        assertThat(alice.written).contains("typing");
        bob.readsAgain();
        long after = feed.replaysAfter(bob.subscription).orElseThrow();
        assertThat(pages.after(feed, head(after))).isNotEmpty();
        feed.replay(bob.subscription, pages.after(feed, head(after)));
        assertThat(feed.isBehind(bob.subscription)).isFalse();
        bob.read();
        assertThat(bob.written.toString()).doesNotContain("typing").contains("\"type\":\"presence\"");
    }

    @Test
    void isTooFastWhileMostPeopleAreLate() {
        List<Client> slow = IntStream.range(0, Feed.FEWEST_LATE).mapToObj(n -> subscribed(new User("slow " + n, "Slow"))).toList();
        List<Client> others = IntStream.range(0, Feed.FEWEST_LATE - 1).mapToObj(n -> subscribed(new User("other " + n, "Other"))).toList();
        slow.subList(1, slow.size()).forEach(Client::stopsReading);
        long now = System.nanoTime();
        fills(Stream.concat(others.stream(), Stream.of(slow.getFirst())).toList());
        assertThat(feed.isTooFast(now += Feed.LOOK_EVERY)).as("nine late").isFalse();
        slow.getFirst().stopsReading();
        fills(others);
        assertThat(feed.isTooFast(now)).as("the answer holds for a while").isFalse();
        assertThat(feed.isTooFast(now += Feed.LOOK_EVERY)).as("ten late, nine not").isTrue();
        Subscription another = new Subscription(new Client(slow.getFirst().connection.caller().user()).connection, START);
        feed.attach(another);
        feed.answer(another, online -> new Frame("reply"), feed.position().offset());
        assertThat(feed.isTooFast(now += Feed.LOOK_EVERY)).as("one of the ten reads on another device").isFalse();
        feed.detach(another);
        assertThat(feed.isTooFast(now += Feed.LOOK_EVERY)).isTrue();
        slow.getLast().readsAgain();
        assertThat(feed.isTooFast(now + Feed.LOOK_EVERY)).as("one has read").isFalse();
    }

    // More than a connection may have without being late; these people read it.
    private void fills(List<Client> reading) {
        long from = feed.position().offset() + 1;
        for (long offset = from; offset < from + 5; offset++) {
            deliver(ARoom.frames(ARoom.event(offset, ALICE, new MessageChange.Posted("x".repeat(60_000), "k", 0, false, List.of(), false,
                    false))));
            reading.forEach(Client::read);
        }
    }

    @Test
    void dropsSharedEventsWhenAMessageIsDeleted() {
        new Client(ALICE).attach(START);
        apply(batch(open, post(5)));
        assertThat(pages.after(feed, head(4))).hasSize(1);
        deliver(ARoom.frames(ARoom.event(6, ALICE, new MessageChange.Deleted(5, 0))));
        assertThat(pages.after(feed, head(4))).isEmpty();
    }

    private void deliver(List<LoggedFrame> frames) {
        feed.apply(state -> List.of(new Effect.Deliver(frames)));
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
        feed.answer(client.attach(allowedAt), online -> new Frame("reply"), START);
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
        private Wire.Taken answer = Wire.Taken.READY;
        private Runnable ready;

        Client(User user) {
            Caller caller = new Caller(user, Set.of(), Instant.EPOCH, Instant.now().plusSeconds(600), "", "");
            Flusher flusher = new Flusher(delay -> { }) {
                @Override
                synchronized void add(Outbox outbox) {
                    due.add(outbox);
                }
            };
            connection = new Connection(user.id(), caller, "127.0.0.1", new Peer(), flusher, 1 << 20,
                    Heartbeat.begin(Duration.ofMinutes(1)), behind -> { }, null);
            connection.begin();
        }

        Subscription attach(long allowedAt) {
            subscription = new Subscription(connection, allowedAt);
            connection.subscriptions().put("room", subscription);
            assertThat(feed.attach(subscription)).hasValue(START);
            return subscription;
        }

        void stopsReading() {
            answer = Wire.Taken.BUSY;
            connection.pong(new byte[0]);
            read();
        }

        void readsAgain() {
            answer = Wire.Taken.READY;
            ready.run();
            read();
        }

        /** What the client has read: replies, texts, and the types of other events. */
        List<String> read() {
            for (Outbox outbox : due) {
                while (outbox.flush(new WriteBatch())) {
                    // It has more.
                }
            }
            return TEXT.matcher(written).results().map(match -> match.group().replaceAll(".*:|\"", "")).toList();
        }

        private final class Peer implements Wire {

            @Override
            public void begin(Runnable whenReady) {
                ready = whenReady;
                ready.run();
            }

            @Override
            public Taken send(byte[] frames, int count) {
                written.append(new String(frames, 0, count, StandardCharsets.UTF_8));
                return answer;
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
