/**
 * The wire, version 1: every frame that a client may send and every frame that the server may send, as sealed types,
 * and the one codec between them and JSON.
 *
 * <p>Owns names, shapes, sizes, error codes and close codes. Knows nothing of rooms, people's rights or storage: a
 * command that decodes is well formed, not permitted. Everybody may import it; it imports nothing of ours. A frame
 * from outside must never cause an exception here: whatever arrives becomes a {@link Command} or a {@link BrokenFrame}.
 */
package parley.protocol;
