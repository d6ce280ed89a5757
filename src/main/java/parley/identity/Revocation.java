package parley.identity;

import java.time.Instant;
import java.util.Locale;
import parley.protocol.TextRules;

/**
 * Makes tokens invalid before they expire.
 *
 * @param position its position in the revocation log, from 1
 * @param target which tokens
 * @param at a user's tokens are revoked if they were issued at this time or before
 * @param until it is stored until then: all tokens that it revokes have expired at that time
 * @param by who revoked them
 */
public record Revocation(long position, Target target, Instant at, Instant until, String by) {

    /** What identifies the tokens. */
    public enum Kind {
        /** The token with this {@code jti}. */
        JTI,
        /** All tokens of the issuer's session with this {@code sid}. */
        SID,
        /** All tokens of this user issued until then. */
        USER,
        /** Of those only the tokens without a {@code sid}. */
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
