package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.hub.ARoom.BOB;
import static parley.hub.ARoom.CAROL;
import static parley.hub.ARoom.EPOCH;
import static parley.hub.ARoom.OTHER_EPOCH;
import static parley.hub.ARoom.ban;
import static parley.hub.ARoom.batch;
import static parley.hub.ARoom.closing;
import static parley.hub.ARoom.frames;
import static parley.hub.ARoom.head;
import static parley.hub.ARoom.leaving;
import static parley.hub.ARoom.post;
import static parley.hub.ARoom.posts;
import static parley.hub.ARoom.removal;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.protocol.MemberChange;
import parley.protocol.Position;
import parley.protocol.Role;
import parley.room.RoomView;

class DeliveryTest {

    private final RoomView open = ARoom.open();
    private final RoomView hidden = ARoom.hidden();
    private final FeedState feed = at(ARoom.START);

    @Nested
    class ABatch {

        @Test
        void isDeliveredIfItFollows() {
            Committed.RoomBatch batch = batch(open, post(5), post(6));
            assertThat(ofBatch(feed, batch)).containsExactly(new Effect.Deliver(batch.frames()));
        }

        @Test
        void isDroppedIfItWasDelivered() {
            assertThat(ofBatch(at(6), batch(open, post(5), post(6)))).isEmpty();
        }

        @Test
        void isDeliveredFromTheFirstNewOffset() {
            Committed.RoomBatch batch = batch(open, post(5), post(6), post(7));
            assertThat(ofBatch(at(5), batch)).containsExactly(new Effect.Deliver(batch.frames().subList(1, 3)));
        }

        @Test
        void makesTheFeedReadTheLogIfOffsetsAreMissing() {
            assertThat(ofBatch(at(3), batch(open, post(5), post(6)))).containsExactly(new Effect.ReadMissing(3, 6));
        }

        @Test
        void ofAnotherEpochMakesTheFeedReadTheHead() {
            assertThat(ofBatch(feed, batch(ARoom.ofOtherEpoch(), post(5)))).containsExactly(new Effect.ReadHead());
        }

        @Test
        void isSplitAfterTheRemovalOfASubscriber() {
            Committed.RoomBatch batch = batch(open, post(5), removal(6, BOB), post(7));
            assertThat(ofBatch(feed, batch)).containsExactly(new Effect.Deliver(batch.frames().subList(0, 2)),
                    new Effect.EndUser("bob", 6), new Effect.Deliver(batch.frames().subList(2, 3)));
        }

        @Test
        void isNotSplitAfterTheRemovalOfSomeoneElse() {
            Committed.RoomBatch batch = batch(open, removal(5, CAROL), post(6));
            assertThat(ofBatch(feed, batch)).containsExactly(new Effect.Deliver(batch.frames()));
        }

        @Test
        void isSplitAfterABan() {
            Committed.RoomBatch batch = batch(open, ban(5, BOB), post(6));
            assertThat(ofBatch(feed, batch)).contains(new Effect.EndUser("bob", 5));
        }

        @Test
        void isSplitIfASubscriberLeavesAPrivateRoom() {
            assertThat(ofBatch(feed, batch(hidden, leaving(5, BOB), post(6)))).contains(new Effect.EndUser("bob", 5));
        }

        @Test
        void isNotSplitIfASubscriberLeavesAPublicRoom() {
            Committed.RoomBatch batch = batch(open, leaving(5, BOB), post(6));
            assertThat(ofBatch(feed, batch)).containsExactly(new Effect.Deliver(batch.frames()));
        }

        @Test
        void isNotSplitByAnotherRole() {
            Committed.RoomBatch batch = batch(open, ARoom.event(5, ARoom.ALICE, new MemberChange.RoleChanged(BOB, Role.GUEST,
                    Optional.empty())), post(6));
            assertThat(ofBatch(feed, batch)).containsExactly(new Effect.Deliver(batch.frames()));
        }

        @Test
        void thatClosesTheRoomEndsAllSubscriptions() {
            Committed.RoomBatch batch = batch(open, post(5), closing(6));
            assertThat(ofBatch(feed, batch)).containsExactly(new Effect.Deliver(batch.frames()),
                    new Effect.EndAll(EndReason.ROOM_CLOSED));
        }

        @Test
        void isDeliveredAfterTheCheckOfALaterViewWithOtherRights() {
            Committed.RoomBatch batch = batch(open, post(5));
            RoomView later = batch.view().after(ban(6, BOB));
            assertThat(Delivery.ofBatch(feed, batch, later)).containsExactly(new Effect.EndUnentitled(later),
                    new Effect.Deliver(batch.frames()));
        }

        @Test
        void needsNoCheckByALaterViewWithTheSameRights() {
            Committed.RoomBatch batch = batch(open, post(5));
            assertThat(Delivery.ofBatch(feed, batch, batch.view().after(post(6)))).containsExactly(new Effect.Deliver(batch.frames()));
        }

        private List<Effect> ofBatch(FeedState state, Committed.RoomBatch batch) {
            return Delivery.ofBatch(state, batch, batch.view());
        }
    }

    @Nested
    class LateFrames {

        private final List<LoggedFrame> late = posts(5, 6);

        @Test
        void areDeliveredAfterTheCheckOfRights() {
            assertThat(Delivery.ofLate(feed, EPOCH, late, Optional.of(open)))
                    .containsExactly(new Effect.EndUnentitled(open), new Effect.Deliver(late));
        }

        @Test
        void areDroppedIfTheyWereDelivered() {
            assertThat(Delivery.ofLate(at(6), EPOCH, late, Optional.of(open))).isEmpty();
        }

        @Test
        void makeTheFeedReadTheLogIfOffsetsAreMissing() {
            assertThat(Delivery.ofLate(at(2), EPOCH, late, Optional.of(open))).containsExactly(new Effect.ReadMissing(2, 6));
        }

        @Test
        void areSplitLikeABatch() {
            List<LoggedFrame> split = frames(ban(5, BOB), post(6));
            assertThat(Delivery.ofLate(feed, EPOCH, split, Optional.of(open))).containsExactly(new Effect.EndUnentitled(open),
                    new Effect.Deliver(split.subList(0, 1)), new Effect.EndUser("bob", 5), new Effect.Deliver(split.subList(1, 2)));
        }

        @Test
        void ofAnotherEpochMakeTheFeedReadTheHead() {
            assertThat(Delivery.ofLate(feed, OTHER_EPOCH, late, Optional.of(open))).containsExactly(new Effect.ReadHead());
        }

        @Test
        void makeTheFeedReadTheHeadIfTheViewHasAnotherEpoch() {
            assertThat(Delivery.ofLate(feed, EPOCH, late, Optional.of(ARoom.ofOtherEpoch()))).containsExactly(new Effect.ReadHead());
        }

        @Test
        void ofARoomThatDoesNotExistEndAllSubscriptions() {
            assertThat(Delivery.ofLate(feed, EPOCH, late, Optional.empty())).containsExactly(new Effect.EndAll(EndReason.RIGHT_LOST));
        }
    }

    @Nested
    class ARead {

        @Test
        void isDeliveredAfterTheCheckOfRights() {
            LogRead read = new LogRead(4, head(6), posts(5, 6));
            assertThat(Delivery.ofRead(feed, read, Optional.of(open)))
                    .containsExactly(new Effect.EndUnentitled(open), new Effect.Deliver(read.frames()));
        }

        @Test
        void continuesUpToTheHead() {
            LogRead read = new LogRead(4, head(9), posts(5, 6));
            assertThat(Delivery.ofRead(feed, read, Optional.of(open))).endsWith(new Effect.ReadMissing(6, 9));
        }

        @Test
        void continuesAfterWhatArrivedInTheMeantime() {
            LogRead read = new LogRead(4, head(9), posts(5, 6));
            assertThat(Delivery.ofRead(at(8), read, Optional.of(open)))
                    .containsExactly(new Effect.EndUnentitled(open), new Effect.ReadMissing(8, 9));
        }

        @Test
        void ofALogThatNoLongerHoldsTheEventsEndsAllSubscriptions() {
            assertThat(Delivery.ofRead(feed, new LogRead(4, head(9), posts(8, 9)), Optional.of(open)))
                    .containsExactly(new Effect.EndAll(EndReason.LOG_REPLACED));
            assertThat(Delivery.ofRead(feed, new LogRead(4, head(9), List.of()), Optional.of(open)))
                    .containsExactly(new Effect.EndAll(EndReason.LOG_REPLACED));
            assertThat(Delivery.ofRead(feed, new LogRead(4, head(9), frames(post(5), post(8))), Optional.of(open)))
                    .containsExactly(new Effect.EndAll(EndReason.LOG_REPLACED));
        }

        @Test
        void ofALogThatNoLongerHoldsTheEventsIsHarmlessIfTheyArrivedInTheMeantime() {
            assertThat(Delivery.ofRead(at(9), new LogRead(4, head(9), List.of()), Optional.of(open))).isEmpty();
        }

        @Test
        void ofAReplacedLogEndsAllSubscriptions() {
            LogRead read = new LogRead(4, new Position(OTHER_EPOCH, 6), posts(5, 6));
            assertThat(Delivery.ofRead(feed, read, Optional.of(open))).containsExactly(new Effect.EndAll(EndReason.LOG_REPLACED));
        }

        @Test
        void ofARoomThatDoesNotExistEndsAllSubscriptions() {
            assertThat(Delivery.ofRead(feed, new LogRead(4, null, List.of()), Optional.empty()))
                    .containsExactly(new Effect.EndAll(EndReason.LOG_REPLACED));
        }

        @Test
        void makesTheFeedReadTheHeadIfTheViewHasAnotherEpoch() {
            assertThat(Delivery.ofRead(feed, new LogRead(4, head(6), posts(5, 6)), Optional.of(ARoom.ofOtherEpoch())))
                    .containsExactly(new Effect.ReadHead());
        }
    }

    @Nested
    class AComparisonWithTheHead {

        @Test
        void readsWhatIsOverdue() {
            assertThat(Delivery.ofHead(feed, 4, head(6))).containsExactly(new Effect.ReadMissing(4, 6));
        }

        @Test
        void readsNothingIfTheFeedMovedSinceTheLastOne() {
            assertThat(Delivery.ofHead(feed, 3, head(6))).isEmpty();
        }

        @Test
        void readsNothingIfTheFeedIsAtTheHead() {
            assertThat(Delivery.ofHead(feed, 4, head(4))).isEmpty();
        }

        @Test
        void endsAllSubscriptionsIfTheEpochChanged() {
            assertThat(Delivery.ofHead(feed, 4, new Position(OTHER_EPOCH, 4))).containsExactly(new Effect.EndAll(EndReason.LOG_REPLACED));
        }
    }

    @Nested
    class ANewEpoch {

        @Test
        void endsAllSubscriptions() {
            assertThat(Delivery.ofEpoch(feed, OTHER_EPOCH)).containsExactly(new Effect.EndAll(EndReason.LOG_REPLACED));
        }

        @Test
        void changesNothingInAFeedThatHasIt() {
            assertThat(Delivery.ofEpoch(feed, EPOCH)).isEmpty();
        }
    }

    @Nested
    class ASubscription {

        @Test
        void makesTheFeedReadWhatItsViewIsAheadBy() {
            assertThat(Delivery.ofSubscription(at(2), open)).containsExactly(new Effect.ReadMissing(2, 4));
        }

        @Test
        void readsNothingIfTheFeedIsNotBehind() {
            assertThat(Delivery.ofSubscription(at(5), open)).isEmpty();
        }

        @Test
        void makesTheFeedReadTheHeadIfItsViewHasAnotherEpoch() {
            assertThat(Delivery.ofSubscription(feed, ARoom.ofOtherEpoch())).containsExactly(new Effect.ReadHead());
        }
    }

    private static FeedState at(long offset) {
        return new FeedState(EPOCH, offset, "bob"::equals);
    }
}
