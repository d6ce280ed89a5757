package parley.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import parley.journal.LoggedFrame;
import parley.protocol.Codec;
import parley.protocol.ErrorCode;
import parley.protocol.Event;
import parley.protocol.Frame;
import parley.protocol.Online;

/**
 * A room's stream on this node: it delivers every offset once, in order, to every subscription. Its lock is held while
 * frames are put into outboxes, never while one is written.
 */
final class Feed {

    /** What became of frames that were handed to a feed. */
    enum Delivery { DELIVERED, HOLE }

    private final String room;
    private final Set<Subscription> subscriptions = new HashSet<>();
    private final Map<String, Integer> users = new HashMap<>();
    private long position;

    Feed(String room, long position) {
        this.room = room;
        this.position = position;
    }

    synchronized long position() {
        return position;
    }

    synchronized boolean isEmpty() {
        return subscriptions.isEmpty();
    }

    /** Lets a subscription in, holding back; its reply's offset is the position that this returns. */
    synchronized long attach(Subscription subscription) {
        subscriptions.add(subscription);
        if (users.merge(subscription.user(), 1, Integer::sum) == 1) {
            tellPresence(List.of(subscription.user()), List.of(), subscription);
        }
        return position;
    }

    /** Sends the reply, made of who is online now, then the replay, then what was held back; live from now on. */
    synchronized void goLive(Subscription subscription, Function<Online, Frame> reply, List<LoggedFrame> replay) {
        if (subscriptions.contains(subscription)) {
            subscription.goLive(reply.apply(online()), replay);
        }
    }

    synchronized void detach(Subscription subscription) {
        if (!subscriptions.remove(subscription)) {
            return;
        }
        if (users.merge(subscription.user(), -1, (old, less) -> old + less == 0 ? null : old + less) == null) {
            tellPresence(List.of(), List.of(subscription.user()), subscription);
        }
    }

    synchronized List<Subscription> all() {
        return List.copyOf(subscriptions);
    }

    /** The subscriptions of one user. */
    synchronized List<Subscription> of(String user) {
        return subscriptions.stream().filter(subscription -> subscription.user().equals(user)).toList();
    }

    /**
     * Delivers those of these frames (in order, without a hole) that are new. Where they don't follow what was
     * delivered last, nothing is: what is between has to be read from the log first.
     */
    synchronized Delivery deliver(List<LoggedFrame> frames) {
        if (frames.isEmpty() || frames.getLast().offset() <= position) {
            return Delivery.DELIVERED;
        }
        if (frames.getFirst().offset() > position + 1) {
            return Delivery.HOLE;
        }
        List<Frame> fresh = frames.stream().filter(logged -> logged.offset() > position).map(LoggedFrame::frame).toList();
        position = frames.getLast().offset();
        List<Subscription> overfull = new ArrayList<>();
        for (Subscription subscription : subscriptions) {
            if (!subscription.deliver(fresh)) {
                overfull.add(subscription);
            }
        }
        overfull.forEach(this::giveUp);
        return Delivery.DELIVERED;
    }

    /** Tells everyone but one connection something ephemeral. */
    synchronized void mention(Event event, Connection except) {
        Frame frame = Codec.encode(event);
        for (Subscription subscription : subscriptions) {
            if (subscription.connection() != except) {
                subscription.mention(frame);
            }
        }
    }

    synchronized int size() {
        return subscriptions.size();
    }

    synchronized boolean isOnline(String user) {
        return users.containsKey(user);
    }

    private void giveUp(Subscription subscription) {
        detach(subscription);
        subscription.connection().subscriptions().remove(room, subscription);
        subscription.connection().say(new Event.Unsubscribed(room, ErrorCode.UNAVAILABLE, true));
    }

    private void tellPresence(List<String> joined, List<String> left, Subscription about) {
        if (!subscriptions.isEmpty()) {
            mention(new Event.Presence(room, online(), joined, left), about.connection());
        }
    }

    private Online online() {
        List<String> listed = users.size() > Online.LISTED ? List.of() : users.keySet().stream().sorted().toList();
        return new Online(users.size(), listed);
    }
}
