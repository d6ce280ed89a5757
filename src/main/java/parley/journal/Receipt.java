package parley.journal;

import parley.protocol.Problem;

/** The outcome of a proposal. */
public sealed interface Receipt {

    /** The proposal was committed; {@code offset} is the first of its events. */
    record Committed(long offset) implements Receipt {}

    /** The proposal changes nothing: its effect, such as a message with its key, already existed as of this offset. */
    record Already(long offset) implements Receipt {}

    /** The proposal was refused. If the database was slow or unreachable, it may be stored nevertheless. */
    record Refused(Problem problem) implements Receipt {}
}
