/**
 * Connections and subscriptions: fan-out, presence, typing, heartbeat.
 *
 * <p>{@code Connections} holds the open connections. {@code Feeds} holds one feed for each room with a subscription. {@code Delivery}
 * decides what a feed does with a committed batch, with late frames and with what was read from the log: deliver, end subscriptions, or
 * read the log. {@code Delivery} is pure. {@code Feed} carries out its effects on subscriptions, {@code Delivering} carries out the reads.
 * So every subscription gets offset n, n+1, n+2 … in order, and nothing past the event that ended its right. All subscriptions share the
 * bytes of a frame, which is encoded once. {@code Doubts} says which rooms may miss an event; only these are compared with their logs.
 *
 * <p>An {@code Outbox} holds the bounded backlog of one connection; flushers do all writing. A thread that delivers never waits for a
 * connection. A subscription whose connection takes no more events is behind: it keeps only its position. {@code Replaying} reads on from
 * there as fast as the client reads, through {@code Pages}, which all subscriptions share.
 *
 * <p>{@code NotFoundDelay} keeps response times from revealing hidden rooms. This package never changes a room and stores nothing.
 */
package parley.hub;
