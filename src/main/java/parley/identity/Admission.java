package parley.identity;

/** What came of presenting a token or a ticket. */
public sealed interface Admission {

    /** The bearer is this caller. */
    record Granted(Caller caller) implements Admission {}

    /**
     * The bearer stays outside.
     *
     * @param reason for the log: what was wrong, without any part of what was presented
     */
    record Denied(String reason) implements Admission {}
}
