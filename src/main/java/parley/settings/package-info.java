/**
 * Every limit and switch of Parley, typed, with its default, its bounds and what happens at the bound.
 *
 * <p>Values come from MicroProfile Config (system properties, environment variables, Payara's own sources). They are
 * read once, when the application starts, and a value out of bounds stops the start with a sentence that names it.
 * Everybody may import this; it imports nothing of ours. What the wire itself fixes (sizes of a frame, a text, a
 * page) is in {@code protocol}.
 */
package parley.settings;
