/**
 * How much one user and one address may use of a server: a rate of handshakes, commands and HTTP calls, and a number of connections. On
 * by default; {@code parley.limits} switches all of it off.
 *
 * <p>Callers ask {@link parley.limits.Limits} before they do something. A refusal says when to try again. A check never waits, and checks
 * share no lock. What is kept per user or address is bounded: past the bound the least used entry is removed, and starts again with a
 * full bucket.
 *
 * <p>In a cluster each instance reports to the others twice a second what users and addresses used, if it is a tenth of a limit or more,
 * and counts their reports. So moving between instances gains at most what is used within half a second. Without the broker each
 * instance limits alone. Permissions are not decided here, and bounds of one room or one connection belong to {@code room}, {@code hub}
 * and {@code socket}.
 */
package parley.limits;
