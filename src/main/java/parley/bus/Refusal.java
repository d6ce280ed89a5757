package parley.bus;

/** Why a message on the topic is not taken. */
enum Refusal {
    FOREIGN("it is no sealed message of this version"),
    TOO_LARGE("it is larger than instances send"),
    FORGED("its seal does not fit: another program, or an instance with another key, sent or changed it"),
    REPLAYED("it or a later one of its sender came before"),
    UNANSWERED("its sender does not answer: it is a recording of an instance that has ended"),
    CROWDED("too many unknown senders have yet to answer"),
    UNREADABLE("its content is of another version");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    /** The reason, for the log. */
    String sentence() {
        return sentence;
    }
}
