/**
 * Who is calling: tokens are verified, one-time tickets are issued and redeemed, and both become a {@link Caller}; who is
 * revoked becomes none, on every instance: the database has the list, each instance a copy of it that is a second old.
 *
 * <p>Owns the verification of JWTs (signature, issuer, audience, times, revocations), for the socket and for HTTP, by the
 * {@code mp.jwt.verify.*} configuration of MicroProfile JWT. Owns the development issuer, which exists only where
 * {@code parley.development-issuer} names its key file. Knows nothing of rooms. A token or a ticket must never reach a log, a message or an exception's text.
 */
package parley.identity;
