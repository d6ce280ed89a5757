/**
 * The dialect {@code v12.stomp}: frames of STOMP 1.2, and their translation to commands and events of {@code protocol}.
 *
 * <p>{@link parley.stomp.StompReader} turns bytes into a {@link parley.stomp.StompFrame}, {@link parley.stomp.StompWriter} writes one.
 * {@link parley.stomp.Conversation} translates for one connection: a client's frames to commands, and replies and events to frames.
 * {@link parley.stomp.StompSocket} reads {@code CONNECT} and then opens a connection through {@link parley.stomp.StompHost}, which {@code
 * socket} implements; {@link parley.stomp.StompWire} writes. Nothing here waits or decides a permission.
 */
package parley.stomp;
