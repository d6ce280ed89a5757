package parley.client;

/**
 * What the server answers to a post that it has stored.
 *
 * @param offset the offset of the message, which is its id; 0 if a rule lets it wait for a moderator
 * @param duplicate whether an earlier post with the same key had stored it
 */
public record Receipt(long offset, boolean duplicate) {
}
