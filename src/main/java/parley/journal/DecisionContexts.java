package parley.journal;

import parley.room.DecisionContext;

/**
 * The decision contexts of the journal. The fast one costs no query and may miss an old message. The database then refuses the
 * batch, and it is decided again with the certain one.
 */
public interface DecisionContexts {

    /** The fast context: what this instance remembers. It may miss a message. */
    DecisionContext remembered();

    /** The certain context: what the database holds in the running transaction. */
    DecisionContext certain();
}
