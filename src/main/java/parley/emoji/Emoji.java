package parley.emoji;

import java.time.Instant;

/**
 * A custom emoji.
 *
 * @param name without colons
 * @param picture the id of its picture
 * @param by the id of the administrator
 */
public record Emoji(String name, String picture, String by, Instant created) {}
