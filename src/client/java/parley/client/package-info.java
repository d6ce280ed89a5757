/**
 * The Java client: rooms, posts and events over the WebSocket of {@code parley.v1}, for bots, bridges and other programs. JDK 17 and
 * Jackson are all it needs.
 *
 * <p>{@link parley.client.Parley} keeps one connection. When it ends, the client connects again, to the next address if it knows several,
 * and each {@link parley.client.Room} resumes after the last event that it received. What people post waits in a bounded outbox until the
 * server has stored it, and is sent again with the same key after a reconnect, so that the room has it once.
 *
 * <p>Inside, one {@link parley.client.Loop} thread owns all state: {@link parley.client.Link} hands it the frames of a socket,
 * {@link parley.client.Session} decides when to connect, {@link parley.client.Liveness} whether a connection lives,
 * {@link parley.client.Outbox} which command may be sent, and {@link parley.client.RoomSubscription} which event is the next one.
 * {@link parley.client.Feed} carries events to subscribers. Code of the application runs on other threads, never on the loop.
 *
 * <p>This package uses no class of the server, and the server uses none of it. Any program may use its public types. No queue grows without
 * a bound, no event is delivered twice or out of order, and no missed event goes unnoticed.
 */
package parley.client;
