/**
 * Connections and subscriptions: fan-out, presence, typing, heartbeat.
 *
 * <p>A {@code Feed} is a room's stream on this instance. It delivers offset n, n+1, n+2 … to every subscription, in order, each
 * frame encoded once, and reads a gap from the log. An {@code Outbox} holds the bounded backlog of one connection; flushers do all
 * writing. A thread that delivers never waits for a connection. {@code NotFoundDelay} keeps response times from revealing hidden
 * rooms. This package decides no change of a room and stores nothing.
 */
package parley.hub;
