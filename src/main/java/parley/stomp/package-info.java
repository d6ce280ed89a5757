/**
 * The dialect {@code v12.stomp}: frames of STOMP 1.2, and what they mean in commands and events of {@code protocol}.
 *
 * <p>{@link parley.stomp.StompReader} turns bytes into a {@link parley.stomp.StompFrame}, {@link parley.stomp.StompWriter} writes one.
 * {@link parley.stomp.Conversation} translates for one connection: a client's frames to commands, and replies and events to frames.
 * {@code socket} opens the connections and moves the bytes. Nothing here waits, and nothing here decides a permission.
 */
package parley.stomp;
