package parley.journal;

import parley.protocol.Problem;

/** What came of a proposal, once it is known for good. */
public sealed interface Receipt {

    /** The proposal was committed; {@code offset} is the first of its events. */
    record Committed(long offset) implements Receipt {}

    /** It was so already, as of this offset. */
    record Already(long offset) implements Receipt {}

    /** The proposal was refused. */
    record Refused(Problem problem) implements Receipt {}
}
