package parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.protocol.CallChange;
import parley.protocol.DocumentChange;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Position;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.room.RoomView;

/**
 * Decides what a feed does when events, a read of the log, a head or a subscription arrives. Pure: the same input gives the same effects.
 *
 * <p>Rules:
 * <ul>
 * <li>A feed delivers offset n, n+1, n+2 … of one epoch. It drops repeated offsets. It reads the log if offsets are missing.
 * <li>No subscription gets an offset past the event that ended its right to read: a removal, a ban, leaving a private room, or the closing
 *     of the room. A batch is split at that event.
 * <li>Before late frames are delivered, rights are checked against the latest view, which may be ahead of the frames.
 * </ul>
 */
final class Delivery {

    private Delivery() {
    }

    /**
     * A batch was committed here, or came from another instance and follows this instance's view.
     *
     * @param latest the latest view of the same epoch; it is ahead of the batch if another thread has advanced it
     */
    static List<Effect> ofBatch(FeedState feed, Committed.RoomBatch batch, RoomView latest) {
        if (!feed.isOf(batch.view().epoch())) {
            return List.of(new Effect.ReadHead());
        }
        List<RoomEvent> events = batch.events();
        List<Effect> effects = ofNext(feed, batch.frames(), fresh -> events.subList(events.size() - fresh.size(), events.size()), latest);
        return delivers(effects) && rightsDiffer(batch.view(), latest) ? join(new Effect.EndUnentitled(latest), effects) : effects;
    }

    /**
     * Frames came from another instance and did not follow this instance's view: it was ahead of them, missed events, had another epoch,
     * or was not cached.
     *
     * @param epoch the epoch of the frames
     * @param latest the room's latest view; empty if there is no such room
     */
    static List<Effect> ofLate(FeedState feed, String epoch, List<LoggedFrame> frames, Optional<RoomView> latest) {
        if (latest.isEmpty()) {
            return List.of(new Effect.EndAll(EndReason.RIGHT_LOST));
        }
        RoomView view = latest.get();
        if (!feed.isOf(epoch) || !feed.isOf(view.epoch())) {
            return List.of(new Effect.ReadHead());
        }
        List<Effect> effects = ofNext(feed, frames, Delivery::decoded, view);
        return delivers(effects) ? join(new Effect.EndUnentitled(view), effects) : effects;
    }

    /**
     * Missing events were read from the log. If the log no longer holds some of them, all subscriptions end.
     *
     * @param latest the room's latest view, loaded after the read; empty if there is no such room
     */
    static List<Effect> ofRead(FeedState feed, LogRead read, Optional<RoomView> latest) {
        if (!read.isOf(feed.epoch())) {
            return List.of(new Effect.EndAll(EndReason.LOG_REPLACED));
        }
        if (!read.isComplete()) {
            // The feed may have delivered the missing events while the log was read.
            return feed.offset() >= read.head().offset() ? List.of() : List.of(new Effect.EndAll(EndReason.LOG_REPLACED));
        }
        if (latest.isEmpty() || !feed.isOf(latest.get().epoch())) {
            return ofLate(feed, feed.epoch(), read.frames(), latest);
        }
        List<Effect> effects = join(new Effect.EndUnentitled(latest.get()),
                ofNext(feed, read.frames(), Delivery::decoded, latest.get()));
        if (!read.reachesHead()) {
            effects.add(new Effect.ReadMissing(Math.max(read.last(), feed.offset()), read.head().offset()));
        }
        return effects;
    }

    /**
     * The log's head was read.
     *
     * @param before the feed's offset at the previous comparison; if the offset moved since, the missing events may still arrive
     */
    static List<Effect> ofHead(FeedState feed, long before, Position head) {
        if (!feed.isOf(head.epoch())) {
            return List.of(new Effect.EndAll(EndReason.LOG_REPLACED));
        }
        return feed.offset() == before && feed.offset() < head.offset()
                ? List.of(new Effect.ReadMissing(feed.offset(), head.offset())) : List.of();
    }

    /** The log has a new epoch. */
    static List<Effect> ofEpoch(FeedState feed, String epoch) {
        return feed.isOf(epoch) ? List.of() : List.of(new Effect.EndAll(EndReason.LOG_REPLACED));
    }

    /** A subscription was added that this view allowed. If the feed is behind the view, it reads the events between. */
    static List<Effect> ofSubscription(FeedState feed, RoomView view) {
        if (!feed.isOf(view.epoch())) {
            return List.of(new Effect.ReadHead());
        }
        return feed.offset() < view.offset() ? List.of(new Effect.ReadMissing(feed.offset(), view.offset())) : List.of();
    }

    /**
     * @param frames in order, without a gap
     * @param events returns the events of the frames that are new to the feed, which are the last of {@code frames}
     */
    private static List<Effect> ofNext(FeedState feed, List<LoggedFrame> frames, Function<List<LoggedFrame>, List<RoomEvent>> events,
                                       RoomView view) {
        if (frames.isEmpty() || frames.getLast().offset() <= feed.offset()) {
            return List.of();
        }
        long repeated = feed.offset() + 1 - frames.getFirst().offset();
        if (repeated < 0) {
            return List.of(new Effect.ReadMissing(feed.offset(), frames.getLast().offset()));
        }
        List<LoggedFrame> fresh = frames.subList((int) repeated, frames.size());
        return split(feed, fresh, events.apply(fresh), view);
    }

    // Every subscription gets the event that ends a right. The subscriptions that lose their right get nothing after it.
    private static List<Effect> split(FeedState feed, List<LoggedFrame> frames, List<RoomEvent> events, RoomView view) {
        List<Effect> effects = new ArrayList<>(1);
        int from = 0;
        for (int i = 0; i < frames.size(); i++) {
            Optional<Effect> end = ending(events.get(i), view, feed);
            if (end.isPresent()) {
                effects.add(new Effect.Deliver(frames.subList(from, i + 1)));
                effects.add(end.get());
                from = i + 1;
            }
        }
        if (from < frames.size()) {
            effects.add(new Effect.Deliver(frames.subList(from, frames.size())));
        }
        return effects;
    }

    private static Optional<Effect> ending(RoomEvent event, RoomView view, FeedState feed) {
        return switch (event.change()) {
            case MessageChange message -> Optional.empty();
            case DocumentChange document -> Optional.empty();
            case CallChange call -> Optional.empty();
            case RoomChange.Updated updated -> Optional.empty();
            case RoomChange.Rewritten rewritten -> Optional.empty();
            case RoomChange.Closed closed -> Optional.of(new Effect.EndAll(EndReason.ROOM_CLOSED));
            case MemberChange change when endsRight(event, change, view) && feed.hasSubscriber().test(change.user().id()) ->
                    Optional.of(new Effect.EndUser(change.user().id(), event.offset()));
            case MemberChange change -> Optional.empty();
        };
    }

    // The kind of a room never changes, so any of its views has the right one.
    private static boolean endsRight(RoomEvent event, MemberChange change, RoomView view) {
        return switch (change) {
            // A removed user has to subscribe again, even to a public room.
            case MemberChange.Left left -> !event.by().id().equals(left.user().id()) || view.profile().kind() != RoomKind.PUBLIC;
            case MemberChange.RoleChanged changed -> changed.role() == Role.BANNED;
            case MemberChange.Joined joined -> false;
            case MemberChange.Muted muted -> false;
            case MemberChange.Unmuted unmuted -> false;
        };
    }

    private static boolean delivers(List<Effect> effects) {
        return !effects.isEmpty() && effects.getFirst() instanceof Effect.Deliver;
    }

    // Views share the collections that an event did not change, so comparing references is enough. Most batches need no check of each
    // subscription.
    @SuppressWarnings("ReferenceEquality")
    private static boolean rightsDiffer(RoomView batch, RoomView latest) {
        return latest.offset() > batch.offset() && (latest.members() != batch.members()
                || latest.restrictions() != batch.restrictions() || latest.closed() != batch.closed());
    }

    private static List<RoomEvent> decoded(List<LoggedFrame> frames) {
        return frames.stream().map(LoggedFrame::event).toList();
    }

    private static List<Effect> join(Effect first, List<Effect> then) {
        List<Effect> effects = new ArrayList<>(1 + then.size());
        effects.add(first);
        effects.addAll(then);
        return effects;
    }
}
