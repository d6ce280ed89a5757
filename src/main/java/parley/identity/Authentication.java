package parley.identity;

/** What came of presenting a token or a ticket. */
public sealed interface Authentication {

    /** The bearer is this caller. */
    record Granted(Caller caller) implements Authentication {}

    /**
     * The bearer stays outside.
     *
     * @param kind what kind of reason it is, for metrics
     * @param reason for the log: what was wrong, without any part of what was presented
     */
    record Denied(SignInRefusal kind, String reason) implements Authentication {

        /** What was presented is no valid token. */
        public Denied(String reason) {
            this(SignInRefusal.INVALID, reason);
        }
    }
}
