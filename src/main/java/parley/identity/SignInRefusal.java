package parley.identity;

import java.util.Locale;

/** Why somebody was not let in: the kinds of reasons, as metrics count them. */
public enum SignInRefusal {
    /** Neither a token nor a ticket. */
    MISSING,
    /** Not a token of this issuer for this installation. */
    INVALID,
    /** A token or ticket that is over. */
    EXPIRED,
    /** A token that was taken back. */
    REVOKED,
    /** A ticket that does not exist, or was used already. */
    TICKET,
    /** The issuer's keys are out of reach or not configured. */
    ISSUER,
    /** A page of an origin that may not connect. */
    ORIGIN,
    /** Too many, too fast. */
    LIMIT;

    /** Its name in metrics. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
