package parley.journal;

import parley.room.DecisionContext;

/**
 * How the journal finds messages that a view doesn't hold. The usual way costs no query and may miss an old message;
 * then the database refuses the batch, which is decided again the certain way.
 */
public interface DecisionContexts {

    /** What this instance remembers; may not know a message that exists. */
    DecisionContext remembered();

    /** What the database holds as of the running transaction. */
    DecisionContext certain();
}
