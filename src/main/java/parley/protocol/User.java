package parley.protocol;

/**
 * A person or program as the wire shows it.
 *
 * @param id the token's {@code sub}, 1 to 255 characters without controls
 * @param name the display name, 1 to 100 characters
 */
public record User(String id, String name) {}
