package parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import parley.journal.LoggedFrame;
import parley.protocol.ErrorCode;
import parley.protocol.Event;
import parley.protocol.Frame;
import parley.protocol.Online;
import parley.protocol.Position;

/**
 * A room's stream on this instance. It delivers every offset once, in order, to every subscription. Its lock is held while frames
 * go into outboxes, never during a write.
 */
final class Feed {

    /** What became of frames that were handed to a feed. */
    enum Delivery { DELIVERED, HOLE }

    private final String room;
    private final String epoch;
    private final Presence presence;
    private final Flushers flushers;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private long position;
    private long positionAtLastLook;

    Feed(String room, Position from, Presence presence, Flushers flushers) {
        this.room = room;
        this.epoch = from.epoch();
        this.presence = presence;
        this.flushers = flushers;
        position = from.offset();
        positionAtLastLook = position;
    }

    String epoch() {
        return epoch;
    }

    synchronized long position() {
        return position;
    }

    synchronized boolean isEmpty() {
        return subscriptions.isEmpty();
    }

    /** Adds a subscription, which holds events back until its reply is sent. Returns the position for the reply. */
    synchronized long attach(Subscription subscription) {
        subscription.moveTo(subscriptions.size());
        subscriptions.add(subscription);
        presence.came(room, subscription.user());
        return position;
    }

    /**
     * Sends the reply with who is online, then the replay, then what was held back; events follow live. Returns false if the
     * subscription has ended.
     */
    synchronized boolean goLive(Subscription subscription, Function<Online, Frame> reply, List<LoggedFrame> replay) {
        if (!isIn(subscription)) {
            return false;
        }
        subscription.goLive(reply.apply(presence.online(room)), replay);
        flushers.wake();
        return true;
    }

    synchronized void detach(Subscription subscription) {
        if (!isIn(subscription)) {
            return;
        }
        // The last subscription moves into the gap; the order does not matter.
        Subscription last = subscriptions.removeLast();
        if (last != subscription) {
            subscriptions.set(subscription.place(), last);
            last.moveTo(subscription.place());
        }
        presence.went(room, subscription.user());
    }

    synchronized List<Subscription> all() {
        return List.copyOf(subscriptions);
    }

    /** The subscriptions of one user. */
    synchronized List<Subscription> of(String user) {
        return subscriptions.stream().filter(subscription -> subscription.user().equals(user)).toList();
    }

    /**
     * Delivers the frames that are new. The frames are in order without a gap. If they don't follow the position of the feed, none
     * is delivered: the events between must be read from the log first.
     */
    synchronized Delivery deliver(List<LoggedFrame> frames) {
        if (frames.isEmpty() || frames.getLast().offset() <= position) {
            return Delivery.DELIVERED;
        }
        if (frames.getFirst().offset() > position + 1) {
            return Delivery.HOLE;
        }
        List<LoggedFrame> fresh = frames.stream().filter(logged -> logged.offset() > position).toList();
        byte[] together = together(fresh);
        position = frames.getLast().offset();
        List<Subscription> overfull = List.of();
        long now = System.currentTimeMillis();
        long since = System.nanoTime();
        for (Subscription subscription : subscriptions) {
            if (!subscription.deliver(fresh, together, now, since)) {
                overfull = new ArrayList<>(overfull);
                overfull.add(subscription);
            }
        }
        overfull.forEach(this::giveUp);
        flushers.wake();
        return Delivery.DELIVERED;
    }

    private static byte[] together(List<LoggedFrame> frames) {
        if (frames.size() == 1) {
            return frames.getFirst().frame().bytes();
        }
        byte[] together = new byte[frames.stream().mapToInt(logged -> logged.frame().bytes().length).sum()];
        int at = 0;
        for (LoggedFrame logged : frames) {
            byte[] bytes = logged.frame().bytes();
            System.arraycopy(bytes, 0, together, at, bytes.length);
            at += bytes.length;
        }
        return together;
    }

    private boolean isIn(Subscription subscription) {
        return subscription.place() < subscriptions.size() && subscriptions.get(subscription.place()) == subscription;
    }

    /** Whether the feed has not moved since the last call although the log has: the events between are overdue. */
    synchronized boolean isOverdue(long head) {
        boolean still = position == positionAtLastLook;
        positionAtLastLook = position;
        return still && position < head;
    }

    /** Broadcasts an ephemeral event to all connections except one; null excepts none. */
    synchronized void broadcast(Frame frame, Connection except) {
        long now = System.currentTimeMillis();
        for (Subscription subscription : subscriptions) {
            if (subscription.connection() != except) {
                subscription.broadcast(frame, now);
            }
        }
        flushers.wake();
    }

    synchronized int size() {
        return subscriptions.size();
    }

    private void giveUp(Subscription subscription) {
        detach(subscription);
        subscription.connection().subscriptions().remove(room, subscription);
        subscription.connection().say(new Event.Unsubscribed(room, ErrorCode.UNAVAILABLE, true));
    }

}
