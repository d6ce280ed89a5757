package parley.search;

/**
 * A part of a query that concerns the text of messages.
 *
 * @param text one word, or for a phrase several
 * @param excluded whether messages with it are not found
 */
record Clause(Kind kind, String text, boolean excluded) {

    /** A word in any form; words in this order, as they are; the beginning of a word. */
    enum Kind { WORD, PHRASE, PREFIX }
}
