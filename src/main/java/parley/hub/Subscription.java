package parley.hub;

import java.util.List;
import parley.journal.LoggedFrame;
import parley.protocol.Frame;

/**
 * One connection's subscription to one room. While it is live, it gets every event that its feed delivers. Until its reply is sent, and
 * when its connection takes no more, it is behind: it only remembers its position, and {@link Replaying} reads what follows from the log.
 * Guarded by its feed.
 */
final class Subscription {

    /** With more events missing, a subscription that fell behind is late. */
    private static final int LATE = 1_000;

    private final Connection connection;
    private final long allowedAt;
    private Feed feed;
    /** The index of this subscription in the feed's list. */
    private int place;
    private boolean live;
    /** It was live once, and its connection takes no more. */
    private boolean fellBehind;
    /** The offset of the last event that the connection got; unused while live. */
    private long position;
    /** Ephemeral events were dropped while this subscription was behind. */
    private boolean missedBroadcasts;
    /** How many events a read of the log gets; 0 before the first. Only the thread that replays uses it. */
    private int eventsAtOnce;

    /** @param allowedAt the offset of the view that allowed this subscription: no event up to that offset ends it */
    Subscription(Connection connection, long allowedAt) {
        this.connection = connection;
        this.allowedAt = allowedAt;
    }

    Connection connection() {
        return connection;
    }

    String user() {
        return connection.caller().id();
    }

    long allowedAt() {
        return allowedAt;
    }

    Feed feed() {
        return feed;
    }

    int place() {
        return place;
    }

    void moveTo(int newPlace) {
        place = newPlace;
    }

    /** The subscription joins this feed, which has delivered everything up to this offset. */
    void join(Feed joined, int newPlace, long offset) {
        feed = joined;
        place = newPlace;
        position = offset;
    }

    boolean isLive() {
        return live;
    }

    /**
     * Whether the client receives events much later than they are delivered. A client that has missed many before it subscribed is not
     * late.
     *
     * @param head the offset of the last event that was delivered
     */
    boolean isLate(long head) {
        return live ? connection.isLate() : fellBehind && head - position > LATE;
    }

    /** The offset of the last event that the connection got, if the subscription is behind. */
    long position() {
        return position;
    }

    /**
     * Delivers events if the subscription is live and the connection takes them. Otherwise the subscription is behind, and this returns
     * false.
     *
     * @param before the offset before the first of the events
     * @param together their frames
     * @param now the time in milliseconds since 1970
     * @param since the same time as {@link System#nanoTime}
     */
    boolean deliver(long before, Together together, long now, long since) {
        if (live && !connection.offer(together.in(connection.encoding()), now, since)) {
            fallBehind(before);
        }
        return live;
    }

    /** Sends an ephemeral event. Drops it if the subscription is behind, or falls behind now. */
    void broadcast(Frame frame, long now, long offset) {
        if (live && !connection.offer(frame.bytes(connection.encoding()), now, Outbox.NEVER)) {
            fallBehind(offset);
        }
        missedBroadcasts |= !live;
    }

    private void fallBehind(long offset) {
        live = false;
        fellBehind = true;
        beBehind(offset);
    }

    /** The reply was sent; the events after this offset follow. */
    void beBehind(long offset) {
        position = offset;
        connection.fallsBehind(this);
    }

    /** Hands over as many of these events, which follow the position, as the connection takes. Returns their number. */
    int replay(List<LoggedFrame> events) {
        int taken = connection.replay(events);
        position += taken;
        return taken;
    }

    /** The connection has got everything. Returns whether ephemeral events were dropped since the reply or the last call. */
    boolean goLive() {
        boolean missed = missedBroadcasts;
        live = true;
        fellBehind = false;
        missedBroadcasts = false;
        return missed;
    }

    /** How many events the next read of the log should get. */
    int eventsAtOnce(int first) {
        return eventsAtOnce == 0 ? first : eventsAtOnce;
    }

    void readsAtOnce(int events) {
        eventsAtOnce = events;
    }
}
