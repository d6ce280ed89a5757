/**
 * What the integration tests talk with: people who chat ({@link parley.kit.ChatClient}), their HTTP requests
 * ({@link parley.kit.Http}), tokens good and forged ({@link parley.kit.Tokens}), and a socket that can say what no
 * client would ({@link parley.kit.RawSocket}).
 *
 * <p>The kit knows the wire protocol and nothing of the server's classes, so that a mistake in them can't hide in it.
 * Every wait has a bound, and a wait that fails says what came instead. Tests of {@code parley.socket},
 * {@code parley.rest} and {@code parley.browser} may use it; it uses none of them. It must never sleep.
 */
package parley.kit;
