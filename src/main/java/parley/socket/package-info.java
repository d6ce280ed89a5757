/**
 * The WebSocket endpoint: the handshake, the encoder and decoder pair, and the way from a command to who does it.
 *
 * <p>{@link parley.socket.HandshakeFilter} stands before the container's own upgrade, so that refusals are real HTTP
 * statuses. Nothing here decides what is permitted in a room, and nothing here waits. Nobody imports this package.
 */
package parley.socket;
