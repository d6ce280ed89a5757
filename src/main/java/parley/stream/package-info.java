/**
 * Connections without a WebSocket: the same frames as server-sent events, and as long polls, for clients behind proxies that break
 * upgrades or buffer responses.
 *
 * <p>{@link parley.stream.StreamFilter} serves {@code POST /api/stream} and {@code GET /api/rooms/{room}/events} before JAX-RS sees them.
 * A stream is a {@link parley.hub.Connection} like that of a socket: admission, subscriptions, limits, order, revocation and graceful
 * shutdown are the same code. Only its {@link parley.hub.Wire} differs: {@link parley.stream.EventStream} writes to an asynchronous
 * response, without a thread, and {@link parley.stream.StreamText} makes server-sent events of the frames. A client can't answer pings
 * there, so only the wire shows that it reads. A long poll is a stream that ends after its first events.
 *
 * <p>Commands come over {@code POST /api/commands}, which {@code rest} serves. This package decides no permission, and no other package
 * imports it.
 */
package parley.stream;
