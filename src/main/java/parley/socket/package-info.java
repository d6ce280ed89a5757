/**
 * The WebSocket endpoint: handshake, frames, and the route from a command to the class that executes it. Clients without a WebSocket pass
 * the same {@link parley.socket.Admission} and the same {@link parley.socket.FrameRouter}.
 *
 * <p>{@link parley.socket.HandshakeFilter} runs before the container's upgrade, so that every refusal is an HTTP status. After that, a
 * connection is served in one of two ways:
 * <ol>
 * <li>Grizzly takeover, the default on Payara and GlassFish: Tyrus answers the upgrade of an {@link parley.socket.AuthenticatedRequest},
 *     then {@link parley.socket.GrizzlyWire} takes the connection out of HTTP. Bytes go from {@link parley.socket.GrizzlyFilter}, on a
 *     thread of {@link parley.socket.ReceiverThreads}, through {@link parley.socket.FrameReader} to {@link parley.socket.UpgradedSocket}.
 * <li>JSR 356, the fallback ({@code parley.wire=standard}, or a server without Grizzly): {@link parley.socket.RoomEndpoint} with
 *     {@link parley.socket.TokenConfigurator}, {@link parley.socket.FrameEncoder} and
 *     {@link parley.socket.StandardWire}. Differences: the container parses frames, answers pings and picks its own close codes for
 *     invalid frames; a session costs more memory; frames are sent one at a time; and the container's threads do the reading.
 *     {@link parley.hub.StandardWireUse} reports it.
 * </ol>
 * The handshake chooses the {@link parley.protocol.Encoding}: JSON, CBOR or STOMP by the subprotocol, and with
 * {@link parley.socket.Deflating} compressed large messages, which only the takeover can do. {@link parley.socket.Received} reads JSON and
 * CBOR. {@link parley.socket.StompAdmission} admits STOMP clients by the token in their first frame, and {@code stomp} translates.
 *
 * <p>Both ways end in {@link parley.socket.FrameRouter}.
 * This package decides no permission and never blocks. {@code stream} and {@code rest}
 * use its admission and its routing, and nothing else.
 */
package parley.socket;
