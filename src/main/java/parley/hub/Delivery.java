package parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Position;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.room.RoomView;

/**
 * Decides what a feed does with what arrives. Pure: the same input gives the same effects.
 *
 * <p>Rules:
 * <ul>
 * <li>A feed delivers offset n, n+1, n+2 … of one epoch. It drops a repeat. It reads the log if offsets are missing.
 * <li>No subscription gets an offset past the event that ended its right: its user's removal or ban, leaving a private room, or the
 *     room's closing. A batch is split at that event.
 * <li>Before late frames are delivered, rights are checked by the latest view, which may be ahead of them.
 * </ul>
 */
final class Delivery {

    private Delivery() {
    }

    /**
     * A batch was committed here, or it follows this instance's view.
     *
     * @param latest the latest view of the same epoch; ahead of the batch if another thread was faster
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
     * Frames arrived late from another instance: this instance's view was ahead of them, or had to be loaded.
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
     * Missing events were read from the log. What the log no longer holds can't be delivered.
     *
     * @param latest the room's latest view, loaded after the read; empty if there is no such room
     */
    static List<Effect> ofRead(FeedState feed, LogRead read, Optional<RoomView> latest) {
        if (!read.isOf(feed.epoch())) {
            return List.of(new Effect.EndAll(EndReason.LOG_REPLACED));
        }
        if (!read.isComplete()) {
            // What is missing may have been delivered while the log was read.
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
     * @param before the feed's offset at the previous comparison: if it moved since, what is missing may be on its way
     */
    static List<Effect> ofHead(FeedState feed, long before, Position head) {
        if (!feed.isOf(head.epoch())) {
            return List.of(new Effect.EndAll(EndReason.LOG_REPLACED));
        }
        return feed.offset() == before && feed.offset() < head.offset()
                ? List.of(new Effect.ReadMissing(feed.offset(), head.offset())) : List.of();
    }

    /** A subscription was added that this view allowed. Events that were committed before the feed existed are missing. */
    static List<Effect> ofSubscription(FeedState feed, RoomView view) {
        if (!feed.isOf(view.epoch())) {
            return List.of(new Effect.ReadHead());
        }
        return feed.offset() < view.offset() ? List.of(new Effect.ReadMissing(feed.offset(), view.offset())) : List.of();
    }

    /**
     * @param frames in order, without a gap
     * @param events the events of the last of these frames
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

    // The event that ends a right goes to every subscription. The subscriptions that it ends get nothing after it.
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
            case RoomChange.Updated updated -> Optional.empty();
            case RoomChange.Closed closed -> Optional.of(new Effect.EndAll(EndReason.ROOM_CLOSED));
            case MemberChange change when endsRight(event, change, view) && feed.hasSubscriber().test(change.user().id()) ->
                    Optional.of(new Effect.EndUser(change.user().id(), event.offset()));
            case MemberChange change -> Optional.empty();
        };
    }

    // A room never changes its kind, so any view of it will do.
    private static boolean endsRight(RoomEvent event, MemberChange change, RoomView view) {
        return switch (change) {
            // A removed user has to subscribe again, even to a public room.
            case MemberChange.Left left -> !event.by().id().equals(left.user().id()) || view.profile().kind() == RoomKind.PRIVATE;
            case MemberChange.RoleChanged changed -> changed.role() == Role.BANNED;
            case MemberChange.Joined joined -> false;
            case MemberChange.Muted muted -> false;
            case MemberChange.Unmuted unmuted -> false;
        };
    }

    private static boolean delivers(List<Effect> effects) {
        return !effects.isEmpty() && effects.getFirst() instanceof Effect.Deliver;
    }

    // Views share what an event did not change, so most pairs need no check of each subscription.
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
