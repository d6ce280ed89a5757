package parley.protocol;

/**
 * A frame that is no command.
 *
 * @param re the id of the command it tried to be, 0 when it has none that can be read
 */
public record BrokenFrame(long re, Problem problem) implements Inbound {}
