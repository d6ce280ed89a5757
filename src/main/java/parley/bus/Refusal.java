package parley.bus;

/** Why a message on the topic is refused. */
enum Refusal {
    UNKNOWN_FORMAT("it is not a sealed message of this version"),
    TOO_LARGE("it is larger than any message of an instance"),
    FORGED("its seal is invalid: it was altered, or its sender does not have this installation's key"),
    REPLAYED("its number is not higher than that of an earlier message of the same sender"),
    UNVERIFIED("its sender did not answer the challenge: it is probably a recording of an instance that has ended"),
    TOO_MANY_UNVERIFIED("too many unknown senders have not answered their challenge yet"),
    MALFORMED("its content can't be read: probably another version sent it");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** The reason as a clause, for the log. */
    String text() {
        return text;
    }
}
