/**
 * How much one user and one address may use of a server: a rate for handshakes, commands and HTTP calls, a number for
 * connections. On by default; {@code parley.limits} switches all of it off.
 *
 * <p>{@link parley.limits.Limits} is asked before something is done, and answers with a refusal that says when to come
 * again; it waits for nobody, and no lock is shared by those who ask. What is kept for a user or an address is bounded:
 * past the bound the one who was quiet longest is forgotten, and begins with everything it may use.
 *
 * <p>In a cluster the instances tell each other twice a second what was used of a limit, of those who used a noticeable part
 * of it, and count the others' use in. So whoever changes instances gains what is used within that half second, and where
 * the broker is away each instance limits alone. Who may do what is not decided here, nor what one room or one connection
 * holds: that is in {@code room}, {@code hub} and {@code socket}.
 */
package parley.limits;
