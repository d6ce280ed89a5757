/**
 * Who is calling. Verifies tokens, issues and redeems one-time tickets, and turns both into a {@link parley.identity.Caller}. Revokes
 * tokens on every instance: the database has the list, and each instance has a copy that is at most a second old.
 *
 * <p>Owns the verification of JWTs (signature, issuer, audience, times, revocations) for the socket and for HTTP, by the
 * {@code mp.jwt.verify.*} configuration of MicroProfile JWT. Owns the development issuer, which exists only if
 * {@code parley.development-issuer} names its key file. Doesn't know rooms. A token or a ticket must never reach a log, a message or the
 * text of an exception.
 */
package parley.identity;
