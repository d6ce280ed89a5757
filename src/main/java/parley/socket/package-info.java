/**
 * The WebSocket: its handshake, its two wires, and the way from a command to its activity.
 *
 * <p>{@link parley.socket.HandshakeFilter} runs before the container's upgrade, so a refusal is an HTTP status. On Payara,
 * {@link parley.socket.GrizzlyWire} then takes the connection out of HTTP and {@link parley.socket.UpgradedSocket} handles its frames.
 * On other servers, {@link parley.socket.RoomEndpoint} and {@link parley.socket.StandardWire} do the same with the standard interface.
 * {@link parley.socket.FrameRouter} serves both. Nothing here decides what a caller may do in a room, and nothing here waits. No package
 * may import this one.
 */
package parley.socket;
