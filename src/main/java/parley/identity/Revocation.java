package parley.identity;

import java.time.Instant;
import java.util.Locale;
import parley.protocol.TextRules;

/**
 * Tokens that are good for nothing any more though they have not expired.
 *
 * @param position its place among all revocations, from 1
 * @param target which tokens
 * @param at tokens of a user count as hit when they were issued at this moment or before
 * @param until it is kept until then: every token that it hits has expired by then
 * @param by who revoked
 */
public record Revocation(long position, Target target, Instant at, Instant until, String by) {

    /** By what tokens are revoked. */
    public enum Kind {
        /** The one token of this {@code jti}. */
        JTI,
        /** All of the issuer's session of this {@code sid}. */
        SID,
        /** All of this user that were issued by then. */
        USER,
        /** Those of them that don't say which session they belong to. */
        SIDLESS;

        /** The name in the database and over HTTP. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** Which tokens: those of a token id, a session id or a user id, 1 to 255 characters. */
    public record Target(Kind kind, String subject) {
        /** In UTF-16 units. */
        public static final int LONGEST_SUBJECT = TextRules.LONGEST_USER;
    }
}
