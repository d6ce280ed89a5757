/**
 * The wire, version 1: every frame that a client may send and every frame that the server may send, as sealed types,
 * and the one codec between them and JSON.
 *
 * <p>Owns names, shapes, sizes, error codes and close codes. It knows nothing of rooms, rights or storage: a command that decodes
 * is well formed, not necessarily permitted. Every package may import it; it imports none of Parley's. A frame from outside never
 * causes an exception here: it becomes a {@link Command} or a {@link BrokenFrame}.
 */
package parley.protocol;
