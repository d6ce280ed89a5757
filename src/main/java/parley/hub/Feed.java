package parley.hub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import parley.journal.LoggedFrame;
import parley.protocol.DocumentChange;
import parley.protocol.Event;
import parley.protocol.Frame;
import parley.protocol.MessageChange;
import parley.protocol.Online;
import parley.protocol.Position;
import parley.protocol.RoomChange;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/**
 * The subscriptions to one room on this instance, and the offset up to which its events were delivered to them. {@link Delivery} decides
 * what happens to the subscriptions; the feed carries it out. Decision and effects happen under the feed's lock, so that no event comes
 * between them. The lock is held while frames go into outboxes, never while they are written to a socket. At most one read of the log is in
 * progress for all subscriptions; those that are behind read for themselves, and never past the feed's offset.
 */
final class Feed {

    /**
     * The result of carrying out a decision.
     *
     * @param deliveries the number of delivered events, each counted once for each subscription
     * @param idle whether the feed has no subscription left
     * @param read the read of the log that the caller must start, after the feed's lock is released
     */
    record Outcome(long deliveries, boolean idle, Optional<Effect.OnLog> read) {}

    /** A subscription that is further behind, in events, ends. */
    static final long MOST_BEHIND = 100_000;

    /** With fewer people who are late, a room is not too fast: their own connections may be slow. */
    static final int FEWEST_LATE = 10;
    /** How long the answer of {@link #isTooFast} holds in a room of up to 1,000 subscriptions, in nanoseconds. */
    static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int LOOKED_AT = 1_000;

    private final String room;
    private final String epoch;
    private final Presence presence;
    private final Flushers flushers;
    private final Pages pages;
    private final Predicate<String> hasSubscriber = this::hasSubscriber;

    private volatile boolean tooFast;
    /** From when on {@link #isTooFast} looks again, as {@link System#nanoTime}. */
    private volatile long nextLook;

    // All below are guarded by this.
    private final List<Subscription> subscriptions = new ArrayList<>();
    private long position;
    private long positionAtLastLook;
    private boolean retired;
    private boolean reading;
    /** The offset of the last event that was found missing during a read; 0 if there is none. */
    private long missedMeanwhile;

    Feed(String room, Position from, Presence presence, Flushers flushers, Pages pages) {
        this.room = room;
        this.epoch = from.epoch();
        this.presence = presence;
        this.flushers = flushers;
        this.pages = pages;
        position = from.offset();
        positionAtLastLook = position;
        nextLook = System.nanoTime();
    }

    String room() {
        return room;
    }

    String epoch() {
        return epoch;
    }

    /** The position of the last event that was delivered. */
    synchronized Position position() {
        return new Position(epoch, position);
    }

    /** Whether every event up to this offset was delivered. */
    synchronized boolean hasDelivered(long offset) {
        return position >= offset;
    }

    /** Whether the feed has no subscription, so that it can be dropped. */
    synchronized boolean isIdle() {
        return subscriptions.isEmpty();
    }

    /** Whether the feed has ended all subscriptions and accepts no new ones. */
    synchronized boolean isRetired() {
        return retired;
    }

    /**
     * Adds a subscription, which gets no event before its reply. Returns the offset for the reply: the subscription gets every later event.
     * Empty if this feed is retired.
     */
    synchronized OptionalLong attach(Subscription subscription) {
        if (retired) {
            return OptionalLong.empty();
        }
        subscription.join(this, subscriptions.size(), position);
        subscriptions.add(subscription);
        presence.came(room, subscription.user());
        return OptionalLong.of(position);
    }

    /**
     * Sends the reply, which names the users online. All events after an offset follow. Returns false if the subscription has ended.
     */
    synchronized boolean answer(Subscription subscription, Function<Online, Frame> reply, long after) {
        if (!isIn(subscription)) {
            return false;
        }
        subscription.connection().say(reply.apply(presence.online(room)));
        if (after == position && !subscription.connection().holdsEvents()) {
            subscription.goLive();
        } else {
            subscription.beBehind(after);
        }
        return true;
    }

    /**
     * The offset after which a subscription that is behind needs events. Empty if it has ended or needs none; in the second case it is live
     * from here on.
     */
    synchronized OptionalLong replaysAfter(Subscription subscription) {
        if (!isBehind(subscription)) {
            return OptionalLong.empty();
        }
        if (subscription.position() == position) {
            goLive(subscription);
            return OptionalLong.empty();
        }
        return OptionalLong.of(subscription.position());
    }

    /** Whether a subscription still belongs to this feed and is behind. */
    synchronized boolean isBehind(Subscription subscription) {
        return isIn(subscription) && !subscription.isLive();
    }

    /**
     * Replays events to a subscription that is behind, as far as its connection takes them and this feed has delivered them.
     *
     * @param events those after the subscription's position, without a gap; empty if the log no longer has the next one
     */
    synchronized Outcome replay(Subscription subscription, List<LoggedFrame> events) {
        int taken = 0;
        if (isBehind(subscription) && events.isEmpty()) {
            end(List.of(subscription), EndReason.LOG_REPLACED);
        } else if (isBehind(subscription)) {
            long delivered = Math.min(events.size(), position - subscription.position());
            taken = subscription.replay(events.subList(0, (int) delivered));
            if (subscription.position() == position) {
                goLive(subscription);
            } else {
                subscription.connection().behind().add(subscription);
            }
            subscription.connection().wake();
        }
        return new Outcome(taken, subscriptions.isEmpty(), Optional.empty());
    }

    private void goLive(Subscription subscription) {
        if (subscription.goLive()) {
            subscription.connection().say(new Event.Presence(room, presence.online(room), List.of(), List.of()));
        }
    }

    /** Removes a subscription without telling the client; does nothing if it was removed before. */
    synchronized void detach(Subscription subscription) {
        if (!isIn(subscription)) {
            return;
        }
        // The last subscription moves to the free place; their order does not matter.
        Subscription last = subscriptions.removeLast();
        if (last != subscription) {
            subscriptions.set(subscription.place(), last);
            last.moveTo(subscription.place());
        }
        presence.went(room, subscription.user());
    }

    /** Calls this decision with the current state and carries out its effects. */
    synchronized Outcome apply(Function<FeedState, List<Effect>> decision) {
        try {
            return carryOut(decision);
        } catch (RuntimeException | Error defect) {
            // Some subscriptions may have missed events or kept a right. They begin again.
            endAll(EndReason.LOG_REPLACED);
            throw defect;
        }
    }

    private Outcome carryOut(Function<FeedState, List<Effect>> decision) {
        List<Effect> effects = decision.apply(new FeedState(epoch, position, hasSubscriber));
        long deliveries = 0;
        Optional<Effect.OnLog> read = Optional.empty();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Deliver deliver -> deliveries += deliver(deliver.frames());
                case Effect.EndUser end -> endUser(end.user(), end.offset());
                case Effect.EndUnentitled end -> endUnentitled(end.view());
                case Effect.EndAll end -> endAll(end.reason());
                case Effect.OnLog onLog -> read = begin(onLog);
            }
        }
        if (!effects.isEmpty()) {
            flushers.wake();
        }
        return new Outcome(deliveries, subscriptions.isEmpty(), read);
    }

    /** The same at the end of a read of the log. If events were found missing during that read, the outcome asks for another. */
    synchronized Outcome applyRead(Function<FeedState, List<Effect>> decision) {
        long missed = endRead();
        Outcome outcome = apply(decision);
        return outcome.read().isPresent() || missed <= position || subscriptions.isEmpty() ? outcome
                : new Outcome(outcome.deliveries(), false, begin(new Effect.ReadMissing(position, missed)));
    }

    /** A read of the log failed. The next event or comparison that finds events missing starts another read. */
    synchronized void readFailed() {
        endRead();
    }

    /** Compares the feed with the log's head. */
    synchronized Outcome compare(Position head) {
        long before = positionAtLastLook;
        positionAtLastLook = position;
        return apply(state -> Delivery.ofHead(state, before, head));
    }

    /** The same at the end of {@link Effect.ReadHead}. */
    synchronized Outcome compareRead(Position head) {
        endRead();
        return compare(head);
    }

    /** Broadcasts an ephemeral event to the subscriptions that pass the test. */
    synchronized void broadcast(Frame frame, Predicate<Subscription> to) {
        long now = System.currentTimeMillis();
        for (Subscription subscription : subscriptions) {
            if (to.test(subscription)) {
                subscription.broadcast(frame, now, position);
            }
        }
        flushers.wake();
    }

    private Optional<Effect.OnLog> begin(Effect.OnLog read) {
        if (reading) {
            if (read instanceof Effect.ReadMissing missing) {
                missedMeanwhile = Math.max(missedMeanwhile, missing.upTo());
            }
            return Optional.empty();
        }
        reading = true;
        return Optional.of(read);
    }

    private long endRead() {
        long missed = missedMeanwhile;
        missedMeanwhile = 0;
        reading = false;
        return missed;
    }

    private boolean hasSubscriber(String user) {
        for (Subscription subscription : subscriptions) {
            if (subscription.user().equals(user)) {
                return true;
            }
        }
        return false;
    }

    private long deliver(List<LoggedFrame> frames) {
        Together together = new Together(frames);
        long before = position;
        position = frames.getLast().offset();
        long now = System.currentTimeMillis();
        long since = System.nanoTime();
        int live = 0;
        boolean tooFar = false;
        for (Subscription subscription : subscriptions) {
            if (subscription.deliver(before, together, now, since)) {
                live++;
            } else {
                tooFar |= isTooFar(subscription);
            }
        }
        share(frames, live < subscriptions.size());
        if (tooFar) {
            endIf(this::isTooFar, EndReason.TOO_FAR_BEHIND);
        }
        return (long) frames.size() * live;
    }

    /**
     * Whether most of the people who listen here are late, and at least {@link #FEWEST_LATE}: the room gets events faster than they receive
     * them. Asked for each post, so the answer may be some milliseconds old.
     */
    boolean isTooFast(long now) {
        if (now - nextLook >= 0) {
            look(now);
        }
        return tooFast;
    }

    private synchronized void look(long now) {
        if (now - nextLook < 0) {
            return;
        }
        nextLook = now + LOOK_EVERY * (1 + subscriptions.size() / LOOKED_AT);
        if (subscriptions.size() < FEWEST_LATE) {
            tooFast = false;
            return;
        }
        Set<String> onTime = new HashSet<>();
        Set<String> late = new HashSet<>();
        for (Subscription subscription : subscriptions) {
            (subscription.isLate(position) ? late : onTime).add(subscription.user());
        }
        late.removeAll(onTime);
        tooFast = late.size() >= FEWEST_LATE && late.size() > onTime.size();
    }

    private boolean isTooFar(Subscription subscription) {
        return !subscription.isLive() && position - subscription.position() > MOST_BEHIND;
    }

    // For the subscriptions that are behind. Some events change earlier ones in the log.
    private void share(List<LoggedFrame> frames, boolean needed) {
        if (frames.stream().map(logged -> logged.frame().text()).anyMatch(text -> text.contains(DocumentChange.Deleted.TYPE)
                || text.contains(RoomChange.Rewritten.TYPE) || MessageChange.REDACTING_TYPES.stream().anyMatch(text::contains))) {
            pages.forget(room);
        } else if (needed) {
            pages.add(room, epoch, frames);
        }
    }

    private boolean isIn(Subscription subscription) {
        return subscription.place() < subscriptions.size() && subscriptions.get(subscription.place()) == subscription;
    }

    private void endUser(String user, long offset) {
        endIf(subscription -> subscription.user().equals(user) && subscription.allowedAt() < offset, EndReason.RIGHT_LOST);
    }

    private void endUnentitled(RoomView view) {
        Instant now = Instant.now();
        endIf(subscription -> subscription.allowedAt() <= view.offset() && !RoomPolicy.maySee(view, subscription.user(), now),
                view.closed() ? EndReason.ROOM_CLOSED : EndReason.RIGHT_LOST);
    }

    private void endAll(EndReason reason) {
        retired = true;
        end(List.copyOf(subscriptions), reason);
    }

    private void endIf(Predicate<Subscription> condition, EndReason reason) {
        end(subscriptions.stream().filter(condition).toList(), reason);
    }

    private void end(List<Subscription> ended, EndReason reason) {
        for (Subscription subscription : ended) {
            detach(subscription);
            subscription.connection().subscriptions().remove(room, subscription);
            subscription.connection().say(new Event.Unsubscribed(room, reason.code(), reason.resubscribe()));
        }
    }
}
