package parley.identity;

import java.util.Locale;

/** Why a token, a ticket or a handshake was refused: the kinds of reasons, for metrics and the audit. */
public enum SignInRefusal {
    /** Neither a token nor a ticket. */
    MISSING,
    /** No valid token of the configured issuer for this application. */
    INVALID,
    /** An expired token or ticket. */
    EXPIRED,
    /** A revoked token. */
    REVOKED,
    /** A ticket that doesn't exist, or was already used. */
    TICKET,
    /** The issuer's keys can't be read or are not configured. */
    ISSUER,
    /** A page of an origin that may not connect. */
    ORIGIN,
    /** An administrator ended the person's access. */
    ACCESS,
    /** A rate limit or a bound of connections. */
    LIMIT;

    /** Its name in metrics. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
