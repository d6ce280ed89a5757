package parley.journal;

import parley.protocol.Problem;

/** The outcome of a proposal. */
public sealed interface Receipt {

    /** The proposal was committed; {@code offset} is the first of its events. */
    record Committed(long offset) implements Receipt {}

    /** The proposal changes nothing, because its effect already exists as of this offset: the same role, or a message with the same key. */
    record Already(long offset) implements Receipt {}

    /** The message waits for a moderator, which is committed. {@code again} if it did before. */
    record Held(boolean again) implements Receipt {}

    /** The proposal was refused. If the database was slow or unreachable, it may be stored nevertheless. */
    record Refused(Problem problem) implements Receipt {}
}
