package parley.identity;

/** The result of presenting a token or a ticket. */
public sealed interface Authentication {

    /** The token or ticket is valid and belongs to this caller. */
    record Granted(Caller caller) implements Authentication {}

    /**
     * The token or ticket is refused.
     *
     * @param kind the kind of reason, for metrics and the audit
     * @param reason for the log: what was wrong, without any part of the token or ticket
     */
    record Denied(SignInRefusal kind, String reason) implements Authentication {

        /** The token is not valid. */
        public Denied(String reason) {
            this(SignInRefusal.INVALID, reason);
        }
    }
}
