/**
 * Connections and subscriptions: fan-out, presence, typing, heartbeat.
 *
 * <p>{@code Connections} holds the open connections, {@code Feeds} the rooms that they are subscribed to. {@code Delivery} decides what a
 * feed does with a batch, with late frames and with what was read from the log: deliver, end subscriptions, or read the log. It is a pure
 * function. {@code Feed} carries out its effects on the subscriptions, {@code Delivering} carries out the reads. So every subscription
 * gets offset n, n+1, n+2 … in order, each frame encoded once, and nothing past the event that ended its right.
 *
 * <p>An {@code Outbox} holds the bounded backlog of one connection; flushers do all writing. A thread that delivers never waits for a
 * connection. {@code NotFoundDelay} keeps response times from revealing hidden rooms. This package decides no change of a room and stores
 * nothing.
 */
package parley.hub;
