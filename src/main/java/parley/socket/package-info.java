/**
 * The WebSocket endpoint: the handshake, the encoder and decoder pair, and the way from a command to who does it.
 *
 * <p>{@link parley.socket.HandshakeFilter} stands before the container's own upgrade, so that refusals are real HTTP
 * statuses. {@link parley.socket.GrizzlyWire} then takes the connection out of HTTP and {@link parley.socket.UpgradedSocket}
 * is what comes and goes there; {@link parley.socket.StandardWire} under {@link parley.socket.RoomEndpoint} is the same by the
 * standard interface alone, for other servers. Nothing here decides what is permitted in a room, and nothing here waits. Nobody
 * imports this package.
 */
package parley.socket;
